package io.millrace.peers.reveno;

import java.util.ArrayList;
import java.util.List;
import org.reveno.atp.core.api.TransactionCommitInfo;
import org.reveno.atp.core.api.channel.Buffer;
import org.reveno.atp.core.api.serialization.TransactionInfoSerializer;

/** Fields as they are, at fixed widths, in place of Protostuff, which is Reveno's default. */
final class ActionSerializer implements TransactionInfoSerializer {
    private static final int TYPE = 0x4D52;
    private static final byte OPEN_LEDGER = 1;
    private static final byte TRANSFERRED = 2;

    @Override
    public int getSerializerType() {
        return TYPE;
    }

    @Override
    public boolean isRegistered(final Class<?> type) {
        return type == OpenLedger.class || type == Transferred.class;
    }

    @Override
    public void registerTransactionType(final Class<?> type) {
        // Knows all there are.
    }

    @Override
    public void serialize(final TransactionCommitInfo info, final Buffer buffer) {
        buffer.writeLong(info.transactionId());
        buffer.writeLong(info.time());
        serializeCommands(info.transactionCommits(), buffer);
    }

    @Override
    public TransactionCommitInfo deserialize(final TransactionCommitInfo.Builder builder, final Buffer buffer) {
        return builder.create()
                .transactionId(buffer.readLong())
                .time(buffer.readLong())
                .transactionCommits(deserializeCommands(buffer));
    }

    @Override
    public void serializeCommands(final List<Object> actions, final Buffer buffer) {
        buffer.writeInt(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            serializeObject(buffer, actions.get(i));
        }
    }

    @Override
    public List<Object> deserializeCommands(final Buffer buffer) {
        final int size = buffer.readInt();
        final List<Object> actions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            actions.add(deserializeObject(buffer));
        }
        return actions;
    }

    @Override
    public void serializeObject(final Buffer buffer, final Object action) {
        if (action instanceof Transferred transferred) {
            buffer.writeByte(TRANSFERRED);
            transferred.writeTo(buffer);
        } else {
            buffer.writeByte(OPEN_LEDGER);
            buffer.writeInt(((OpenLedger) action).accounts());
        }
    }

    @Override
    public Object deserializeObject(final Buffer buffer) {
        final byte type = buffer.readByte();
        return switch (type) {
            case TRANSFERRED -> Transferred.readFrom(buffer);
            case OPEN_LEDGER -> new OpenLedger(buffer.readInt());
            default -> throw new IllegalStateException("unknown transaction action: type=" + type);
        };
    }
}
