package io.millrace.benchmarks;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.engine.typed.CborCodec;
import io.millrace.engine.typed.Codec;
import io.millrace.engine.typed.SbeBody;
import io.millrace.engine.typed.SbeCodec;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The codecs of the typed API: one operation is one record of two numbers, the event of {@link TypedRun}. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TypedCodecBenchmark extends ForkedBenchmark {
    private static final int VALUES = 1024;
    private static final int MAX_BYTES = 64;
    private static final int SCHEMA_VERSION = 1;

    /** Which codec. */
    public enum Format {
        /** By Jackson. */
        CBOR,
        /** By a flyweight. */
        SBE
    }

    /** What is written and read. */
    @Param
    public Format format;

    private final TypedRun.Added[] values = new TypedRun.Added[VALUES];
    private final int[] lengths = new int[VALUES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(VALUES * MAX_BYTES));
    private Codec<TypedRun.Added> codec;

    /** For JMH. */
    public TypedCodecBenchmark() {}

    /** Makes the values, and encodes each once. */
    @Setup(Level.Trial)
    public void prepare() {
        codec = format == Format.CBOR
                ? CborCodec.of(TypedRun.Added.class)
                : SbeCodec.of(AddedBody.BLOCK_LENGTH, 1, 1, SCHEMA_VERSION, AddedBody::new);
        final CounterSequence sequence = new CounterSequence(CounterTable.ACCOUNTS);
        for (int i = 0; i < VALUES; i++) {
            sequence.advance();
            values[i] = new TypedRun.Added(sequence.account(), sequence.amount());
        }
        encode();
    }

    /**
     * Encodes.
     *
     * @return bytes written
     */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long encode() {
        long bytes = 0;
        for (int i = 0; i < VALUES; i++) {
            lengths[i] = codec.encode(values[i], buffer, i * MAX_BYTES);
            bytes += lengths[i];
        }
        return bytes;
    }

    /**
     * Decodes.
     *
     * @param blackhole takes the values
     */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public void decode(final Blackhole blackhole) {
        for (int i = 0; i < VALUES; i++) {
            blackhole.consume(decode(i));
        }
    }

    private TypedRun.Added decode(final int i) {
        return codec.decode(buffer, i * MAX_BYTES, lengths[i], SCHEMA_VERSION);
    }

    /** Decodes what is encoded and compares. */
    @TearDown(Level.Iteration)
    public void check() {
        for (int i = 0; i < VALUES; i++) {
            final TypedRun.Added decoded = decode(i);
            Require.equal("decoded account", values[i].account(), decoded.account());
            Require.equal("decoded amount", values[i].amount(), decoded.amount());
        }
    }

    /** Written the way that {@code sbe-tool} would. */
    private static final class AddedBody implements SbeBody<TypedRun.Added> {
        private static final int AMOUNT = Integer.BYTES;
        private static final int BLOCK_LENGTH = Integer.BYTES + Long.BYTES;

        @Override
        public int encode(final TypedRun.Added value, final MutableDirectBuffer target, final int offset) {
            target.putInt(offset, value.account(), LITTLE_ENDIAN);
            target.putLong(offset + AMOUNT, value.amount(), LITTLE_ENDIAN);
            return BLOCK_LENGTH;
        }

        @Override
        public TypedRun.Added decode(
                final DirectBuffer source, final int offset, final int actingBlockLength, final int actingVersion) {
            return new TypedRun.Added(
                    source.getInt(offset, LITTLE_ENDIAN), source.getLong(offset + AMOUNT, LITTLE_ENDIAN));
        }
    }
}
