export function App() {
  return <main>Gantry</main>;
}
