package io.millrace.peers.aeronarchive;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.millrace.contest.Books;
import io.millrace.contest.Transfers;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** Has the archive replay the recorded events, and applies them. */
final class Replayer implements FragmentHandler {
    private static final int FRAGMENT_LIMIT = 1024;

    private final Books books;
    private final Failures failures;
    private final IdleStrategy idle = Node.idleStrategy();
    private long recordingId = AeronArchive.NULL_POSITION;
    private long startPosition;
    private long stopPosition;
    private long events;

    Replayer(final Books books, final Failures failures) {
        this.books = books;
        this.failures = failures;
    }

    long replay(final Node node) throws TimeoutException {
        find(node.archive());
        final long length = stopPosition - startPosition;
        try (Subscription subscription =
                node.archive().replay(recordingId, startPosition, length, Node.CHANNEL, Node.REPLAY_STREAM_ID)) {
            failures.await(() -> subscription.imageCount() == 1, () -> 0, idle);
            final Image image = subscription.imageAtIndex(0);
            failures.await(() -> poll(image), () -> events, idle);
        }
        return events;
    }

    private void find(final AeronArchive archive) {
        final int found = archive.listRecordingsForUri(
                0,
                1,
                "aeron:ipc",
                Node.EVENTS_STREAM_ID,
                (controlSessionId,
                        correlationId,
                        id,
                        startTimestamp,
                        stopTimestamp,
                        start,
                        stop,
                        initialTermId,
                        segmentFileLength,
                        termBufferLength,
                        mtuLength,
                        sessionId,
                        streamId,
                        strippedChannel,
                        originalChannel,
                        sourceIdentity) -> {
                    recordingId = id;
                    startPosition = start;
                    stopPosition = stop;
                });
        if (found != 1 || stopPosition == AeronArchive.NULL_POSITION) {
            throw new IllegalStateException(
                    "there must be one stopped recording: found=" + found + ", stopPosition=" + stopPosition);
        }
    }

    /** Polls as long as there is something, and tells whether that was all. */
    private boolean poll(final Image image) {
        while (image.poll(this, FRAGMENT_LIMIT) > 0) {
            continue;
        }
        return image.position() >= stopPosition;
    }

    @Override
    public void onFragment(final DirectBuffer event, final int offset, final int length, final Header header) {
        books.apply(
                (int) event.getLong(offset + Transfers.DEBIT_OFFSET, Transfers.BYTE_ORDER),
                (int) event.getLong(offset + Transfers.CREDIT_OFFSET, Transfers.BYTE_ORDER),
                event.getLong(offset + Transfers.AMOUNT_OFFSET, Transfers.BYTE_ORDER));
        events++;
    }
}
