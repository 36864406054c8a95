package io.millrace.peers.aeronarchive;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.millrace.contest.Transfers;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** Offers the commands. Back pressure bounds how many are on their way. */
final class Producer {
    private final ByteBuffer bytes =
            ByteBuffer.allocateDirect(Transfers.COMMAND_BYTES).order(Transfers.BYTE_ORDER);
    private final UnsafeBuffer command = new UnsafeBuffer(bytes);
    private final ExclusivePublication commands;
    private final Service service;
    private final Failures failures;
    private final IdleStrategy idle;

    Producer(
            final ExclusivePublication commands,
            final Service service,
            final Failures failures,
            final IdleStrategy idle) {
        this.commands = commands;
        this.service = service;
        this.failures = failures;
        this.idle = idle;
    }

    void produce(final Transfers transfers, final long count) throws TimeoutException {
        for (long i = 0; i < count; i++) {
            transfers.advance();
            transfers.write(bytes, 0);
            if (!offered()) {
                failures.await(this::offered, service::answered, idle);
            }
        }
    }

    private boolean offered() {
        final long position = commands.offer(command, 0, Transfers.COMMAND_BYTES);
        if (position < 0 && position != Publication.BACK_PRESSURED && position != Publication.ADMIN_ACTION) {
            throw new IllegalStateException("command must be offered: " + Publication.errorString(position));
        }
        return position >= 0;
    }
}
