package io.millrace.examples.driver;

import io.millrace.engine.Command;
import org.agrona.DirectBuffer;

/** A command in a caller's buffer. */
final class DirectCommand implements Command {
    private int typeId;
    private long clientId;
    private long requestId;
    private long timestampNs;
    private long nextSequence;
    private DirectBuffer buffer;
    private int offset;
    private int length;

    void wrap(
            final int type,
            final long client,
            final long request,
            final long timestamp,
            final long sequence,
            final DirectBuffer payload,
            final int payloadOffset,
            final int payloadLength) {
        typeId = type;
        clientId = client;
        requestId = request;
        timestampNs = timestamp;
        nextSequence = sequence;
        buffer = payload;
        offset = payloadOffset;
        length = payloadLength;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public long clientId() {
        return clientId;
    }

    @Override
    public long requestId() {
        return requestId;
    }

    @Override
    public long timestampNs() {
        return timestampNs;
    }

    @Override
    public long nextSequence() {
        return nextSequence;
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }
}
