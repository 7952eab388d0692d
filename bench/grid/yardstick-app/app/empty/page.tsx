/** What the scripts of any page weigh. */
export default function EmptyPage() {
  return null;
}
