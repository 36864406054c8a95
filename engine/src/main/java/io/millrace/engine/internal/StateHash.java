package io.millrace.engine.internal;

import io.millrace.engine.StateMachine;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 8 bytes, big-endian, of the SHA-256 of what a state machine saves. */
final class StateHash {
    private static final int BUFFER_BYTES = 64 << 10;

    private StateHash() {}

    static long of(final StateMachine machine) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                    new DigestOutputStream(OutputStream.nullOutputStream(), digest), BUFFER_BYTES))) {
                machine.save(out);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (final IOException e) {
            throw new UncheckedIOException("state must be savable", e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
