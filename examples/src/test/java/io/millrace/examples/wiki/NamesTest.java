package io.millrace.examples.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class NamesTest {
    private final Names names = new Names();

    @Test
    void shouldAgreeWithAListWhenNamesAreRegisteredAtRandom() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String> model = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final String name = "n".repeat(random.nextInt(4)) + random.nextInt(2_000);
            assertEquals(model.indexOf(name), find(name), () -> "seed=" + seed + ", name=" + name);
            if (!model.contains(name)) {
                model.add(name);
            }
            assertEquals(model.indexOf(name), register(name), () -> "seed=" + seed + ", name=" + name);
        }
        assertEquals(model.size(), names.size());
        for (int i = 0; i < model.size(); i++) {
            assertEquals(model.get(i), names.name(i));
        }
    }

    @Test
    void shouldTellNamesApartWhenTheirHashesAreEqual() {
        assertEquals(0, register("Aa"));
        assertEquals(1, register("BB"));
        assertEquals(0, find("Aa"));
        assertEquals(1, find("BB"));
        assertEquals(-1, find("C#"));
    }

    @Test
    void shouldTakeTheEmptyName() {
        assertEquals(-1, find(""));
        assertEquals(0, register(""));
        assertEquals(0, find(""));
    }

    private int find(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return names.find(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private int register(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return names.register(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
