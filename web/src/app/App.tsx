export function App() {
  return (
    <main>
      <h1>Gantry</h1>
    </main>
  );
}
