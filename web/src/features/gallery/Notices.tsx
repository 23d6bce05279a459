import { Banner, Button, EmptyState, ErrorState, ProgressBar, Skeleton, SkeletonList, toast } from "@/ui";
import { Columns, Row, Section, Stack } from "./Section";

const tell = {
  plain: () => toast({ title: "Link copied" }),
  undo: () => toast({ title: "Message moved to #ops", action: { label: "Undo", onAction: () => toast({ title: "Moved back" }) } }),
  saved: () => toast({ kind: "success", title: "Backup finished", description: "412 MB in 9 seconds" }),
  failed: () => toast({ kind: "danger", title: "The file was not sent", description: "The connection was lost. It is kept and can be sent again.", action: { label: "Try again", onAction: () => undefined } }),
};

export function Notices() {
  return (
    <Section title="Notices and states">
      <Row>
        <Button onClick={tell.plain}>Toast</Button>
        <Button onClick={tell.undo}>Toast with Undo</Button>
        <Button onClick={tell.saved}>Toast of success</Button>
        <Button onClick={tell.failed}>Toast of an error</Button>
      </Row>
      <Banner>A newer version of the client is there.</Banner>
      <Banner kind="success" onClose={() => undefined}>
        The certificate was renewed until 3 March.
      </Banner>
      <Banner kind="warning" icon="wifi-off" action={<Button size="small">Connect now</Button>}>
        Not connected. What you write is kept and sent later.
      </Banner>
      <Banner kind="danger">The disk of the server is nearly full: 2 % are left.</Banner>
      <Columns>
        <EmptyState icon="thread" title="No threads yet" body="A reply to a message begins one. Those you follow are listed here." action={<Button>Browse channels</Button>} />
        <ErrorState title="The messages could not be loaded" body="What was loaded before is kept." onRetry={() => undefined} detail={"error-not-allowed\nrequest 8f3c1a90"} />
        <div>
          <SkeletonList rows={5} avatar />
          <Skeleton shape="block" />
        </div>
        <Stack>
          <ProgressBar label="crane-plan.pdf" value={0.42} />
          <ProgressBar label="minutes.txt" value={1} valueText="3 of 3 MB" />
          <ProgressBar label="Reading the archive" value={null} />
        </Stack>
      </Columns>
    </Section>
  );
}
