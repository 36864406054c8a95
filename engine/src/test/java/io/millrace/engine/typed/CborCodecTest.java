package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class CborCodecTest {
    enum Colour {
        RED,
        GREEN
    }

    record Part(String name, double weight) {}

    record Order(long id, String customer, BigDecimal price, Colour colour, List<Part> parts, Map<String, Long> tags) {}

    record Blob(byte[] bytes) {}

    record Empty() {}

    record Name(String first) {}

    record FullName(String first, String last, int age) {
        FullName {
            last = last == null ? "?" : last;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Named(int x) {}

    record HoldsNamed(Named named) {}

    static final class NoWayIn {
        final int x;

        NoWayIn(final int x) {
            this.x = x;
        }

        public int getX() {
            return x;
        }
    }

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @Test
    void shouldComeBackEqualWhenEncodedAndDecoded() {
        final Order order = new Order(
                7, "Ünal", new BigDecimal("1.10"), Colour.GREEN, List.of(new Part("bolt", 0.5)), Map.of("a", 1L));
        assertEquals(order, roundTrip(CborCodec.of(Order.class), order));
        assertEquals(new Empty(), roundTrip(CborCodec.of(Empty.class), new Empty()));
    }

    @Test
    void shouldComeBackEqualWhenValuesOfManySizesShareTheScratch() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final CborCodec<Blob> codec = CborCodec.of(Blob.class);
        for (int i = 0; i < 200; i++) {
            final byte[] bytes = new byte[random.nextInt(i % 20 == 0 ? 200_000 : 600)];
            random.nextBytes(bytes);
            assertArrayEquals(bytes, roundTrip(codec, new Blob(bytes)).bytes(), "seed=" + seed);
        }
    }

    @Test
    void shouldComeBackEqualWhenManyThreadsShareACodec() throws Exception {
        final CborCodec<Part> codec = CborCodec.of(Part.class);
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                final int thread = t;
                tasks.add(() -> {
                    final ExpandableArrayBuffer own = new ExpandableArrayBuffer();
                    for (int i = 0; i < 2000; i++) {
                        final Part part = new Part("part " + thread, i);
                        assertEquals(part, codec.decode(own, 5, codec.encode(part, own, 5), 1));
                    }
                    return null;
                });
            }
            for (final Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void shouldDecodeFromMemoryOffTheHeap() {
        final CborCodec<Part> codec = CborCodec.of(Part.class);
        final int length = codec.encode(new Part("nut", 1), buffer, 0);
        final UnsafeBuffer direct = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(length));
        direct.putBytes(0, buffer, 0, length);
        assertEquals(new Part("nut", 1), codec.decode(direct, 0, length, 1));
    }

    @Test
    void shouldNotWriteClassNames() {
        final int length = CborCodec.of(Order.class)
                .encode(new Order(1, "c", BigDecimal.ONE, Colour.RED, List.of(new Part("p", 1)), Map.of()), buffer, 0);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("millrace"));
    }

    @Test
    void shouldRefuseAClassThatAsksForClassNames() {
        for (final Class<?> type : List.of(Named.class, HoldsNamed.class)) {
            final String message = assertThrows(TypeRegistrationException.class, () -> CborCodec.of(type))
                    .getMessage();
            assertTrue(message.contains("must name types, not classes"), message);
        }
    }

    @Test
    void shouldRefuseAClassThatJacksonCannotMake() {
        final String message = assertThrows(TypeRegistrationException.class, () -> CborCodec.of(NoWayIn.class))
                .getMessage();
        assertTrue(message.contains(NoWayIn.class.getName()), message);
    }

    @Test
    void shouldFillInWhatOlderValuesLack() {
        final int length = CborCodec.of(Name.class).encode(new Name("Ada"), buffer, 0);
        assertEquals(new FullName("Ada", "?", 0), CborCodec.of(FullName.class).decode(buffer, 0, length, 0));
    }

    @Test
    void shouldRefuseFieldsThatItDoesNotKnow() {
        final int length = CborCodec.of(FullName.class).encode(new FullName("Ada", "L", 36), buffer, 0);
        assertThrows(UncheckedIOException.class, () -> CborCodec.of(Name.class).decode(buffer, 0, length, 1));
    }

    @Test
    void shouldRefuseBytesThatAreCutOrFollowedByOthers() {
        final CborCodec<Part> codec = CborCodec.of(Part.class);
        final int length = codec.encode(new Part("nut", 1), buffer, 0);
        for (int cut = 1; cut < length; cut++) {
            final int shorter = cut;
            assertThrows(UncheckedIOException.class, () -> codec.decode(buffer, 0, shorter, 1));
        }
        buffer.putByte(length, (byte) 0);
        assertThrows(UncheckedIOException.class, () -> codec.decode(buffer, 0, length + 1, 1));
    }

    private <T> T roundTrip(final CborCodec<T> codec, final T value) {
        final int length = codec.encode(value, buffer, 11);
        return codec.decode(buffer, 11, length, 1);
    }
}
