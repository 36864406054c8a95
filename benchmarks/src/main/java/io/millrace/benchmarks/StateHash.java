package io.millrace.benchmarks;

import io.millrace.engine.StateMachine;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that {@link io.millrace.engine.Engine#stateHash()} promises, for machines that no engine holds. */
final class StateHash {
    private StateHash() {}

    static long of(final StateMachine machine) throws IOException, NoSuchAlgorithmException {
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest)))) {
            machine.save(out);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }
}
