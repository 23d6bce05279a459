export default function Rooms() {
  return null;
}
