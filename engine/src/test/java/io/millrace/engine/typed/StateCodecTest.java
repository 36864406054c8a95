package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    record Item(String name, Set<String> labels) {}

    record Shop(Map<String, Item> items, Set<Long> sold, Set<Set<Integer>> odd, long revenue) {}

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldGiveEqualBytesWhenEqualStatesCameAboutInAnotherOrder() throws IOException {
        final List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            numbers.add(random.nextInt());
        }
        final Shop one = shop(numbers, 16);
        Collections.shuffle(numbers, random);
        final Shop other = shop(numbers, 1 << 14);
        final StateCodec<Shop> codec = StateCodec.cbor(Shop.class);
        assertEquals(one, other);
        final byte[] saved = save(codec, one);
        assertTrue(saved.length > 2 * Chunks.CHUNK_BYTES, "must be of many chunks: " + saved.length);
        assertArrayEquals(saved, save(codec, other), "seed=" + seed);
        assertEquals(one, load(codec, saved), "seed=" + seed);
        assertArrayEquals(saved, save(codec, load(codec, saved)), "seed=" + seed);
    }

    @Test
    void shouldReadNotAByteMoreThanItWrote() throws IOException {
        final StateCodec<Bank.Accounts> codec = StateCodec.cbor(Bank.Accounts.class);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            codec.save(new Bank.Accounts(), out);
            out.writeLong(42);
        }
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertEquals(new Bank.Accounts(), codec.load(in));
        assertEquals(42, in.readLong());
    }

    @Test
    void shouldThrowWhenWhatWasSavedIsCutOrDamaged() throws IOException {
        final StateCodec<Shop> codec = StateCodec.cbor(Shop.class);
        final byte[] saved = save(codec, shop(List.of(1, 2, 3), 16));
        for (int cut = 0; cut < saved.length; cut++) {
            final byte[] shorter = java.util.Arrays.copyOf(saved, cut);
            assertThrows(IOException.class, () -> load(codec, shorter));
        }
        saved[0] = 0x7F;
        final String message =
                assertThrows(IOException.class, () -> load(codec, saved)).getMessage();
        assertTrue(message.contains("chunk of a state must have"), message);
    }

    @Test
    void shouldThrowWhenElementsOfAHashSetHaveNoOrder() {
        final Set<Set<Integer>> odd = Set.of(Set.of(1), Set.of(2));
        final Shop shop = new Shop(Map.of(), Set.of(), odd, 0);
        final String message = assertThrows(IOException.class, () -> save(StateCodec.cbor(Shop.class), shop))
                .getMessage();
        assertTrue(message.contains("must be comparable"), message);
    }

    @Test
    void shouldRefuseAGenericStateClass() {
        final String message = assertThrows(TypeRegistrationException.class, () -> StateCodec.cbor(TreeMap.class))
                .getMessage();
        assertTrue(message.contains("java.util.TreeMap; extend it by a class"), message);
    }

    private static Shop shop(final List<Integer> numbers, final int capacity) {
        final Map<String, Item> items = new HashMap<>(capacity);
        final Set<Long> sold = new HashSet<>(capacity);
        for (final int number : numbers) {
            final Set<String> labels = new HashSet<>(capacity & 0xFF);
            labels.add("a" + number % 7);
            labels.add("b" + number % 5);
            items.put("item " + number, new Item("n" + number, labels));
            sold.add((long) number);
        }
        return new Shop(items, sold, Set.of(), numbers.size());
    }

    private static <S> byte[] save(final StateCodec<S> codec, final S state) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            codec.save(state, out);
        }
        return bytes.toByteArray();
    }

    private static <S> S load(final StateCodec<S> codec, final byte[] saved) throws IOException {
        return codec.load(new DataInputStream(new ByteArrayInputStream(saved)));
    }
}
