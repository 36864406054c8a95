package io.millrace.peers.prevayler;

import io.millrace.contest.Transfers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.prevayler.foundation.serialization.Serializer;

/** The bytes as they are: Prevayler's default opens an object stream, with a class description, for each transaction. */
final class TransferSerializer implements Serializer {
    @Override
    public void writeObject(final OutputStream stream, final Object object) throws IOException {
        stream.write(((Transfer) object).command());
    }

    @Override
    public Object readObject(final InputStream stream) throws IOException {
        final byte[] command = stream.readNBytes(Transfers.COMMAND_BYTES);
        if (command.length < Transfers.COMMAND_BYTES) {
            throw new EOFException("a command must have " + Transfers.COMMAND_BYTES + " bytes: " + command.length);
        }
        return new Transfer(command);
    }
}
