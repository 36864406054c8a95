package io.millrace.examples.wiki;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Numbers names by first appearance, from 0. An open-addressing table over the names' UTF-8 bytes, so that asking for a
 * known name allocates nothing. For one thread.
 */
final class Names {
    private static final int MIN_CAPACITY = 64;
    private static final int MIN_ARENA_BYTES = 4096;
    private static final int MAX_ARENA_BYTES = Integer.MAX_VALUE - 8;

    private final UnsafeBuffer arena = new UnsafeBuffer(new byte[MIN_ARENA_BYTES]);
    /** Name {@code i} lies in the arena from {@code starts[i]} to {@code starts[i + 1]}. */
    private int[] starts = new int[MIN_CAPACITY + 1];

    private int[] hashes = new int[MIN_CAPACITY];
    /** Number of a name plus 1, or 0. At most half full. */
    private int[] table = new int[2 * MIN_CAPACITY];

    private int size;

    /** The number of a name, or -1 if it has not appeared. */
    int find(final DirectBuffer buffer, final int offset, final int length) {
        return table[slot(hash(buffer, offset, length), buffer, offset, length)] - 1;
    }

    /** The number of a name, which is {@link #size()} before the call if it has not appeared. */
    int register(final DirectBuffer buffer, final int offset, final int length) {
        final int hash = hash(buffer, offset, length);
        final int slot = slot(hash, buffer, offset, length);
        if (table[slot] == 0) {
            add(slot, hash, buffer, offset, length);
            return size - 1;
        }
        return table[slot] - 1;
    }

    int size() {
        return size;
    }

    String name(final int number) {
        final byte[] bytes = new byte[starts[number + 1] - starts[number]];
        arena.getBytes(starts[number], bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void save(final DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(starts[i + 1] - starts[i]);
            out.write(arena.byteArray(), starts[i], starts[i + 1] - starts[i]);
        }
    }

    void load(final DataInput in) throws IOException {
        size = 0;
        Arrays.fill(table, 0);
        final int names = in.readInt();
        for (int i = 0; i < names; i++) {
            final byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            if (register(new UnsafeBuffer(bytes), 0, bytes.length) != i) {
                throw new IOException("saved names must differ: number=" + i);
            }
        }
    }

    private void add(final int slot, final int hash, final DirectBuffer buffer, final int offset, final int length) {
        final int start = starts[size];
        reserve(start + (long) length);
        buffer.getBytes(offset, arena, start, length);
        hashes[size] = hash;
        starts[++size] = start + length;
        table[slot] = size;
        if (size == hashes.length) {
            grow();
        }
    }

    private void reserve(final long bytes) {
        if (bytes > MAX_ARENA_BYTES) {
            throw new IllegalStateException("names must fit into " + MAX_ARENA_BYTES + " bytes: " + bytes);
        }
        if (bytes > arena.capacity()) {
            final long doubled = Math.max(bytes, 2L * arena.capacity());
            arena.wrap(Arrays.copyOf(arena.byteArray(), (int) Math.min(doubled, MAX_ARENA_BYTES)));
        }
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, 2 * size);
        starts = Arrays.copyOf(starts, 2 * size + 1);
        table = new int[4 * size];
        for (int i = 0; i < size; i++) {
            table[slot(hashes[i], arena, starts[i], starts[i + 1] - starts[i])] = i + 1;
        }
    }

    private int slot(final int hash, final DirectBuffer buffer, final int offset, final int length) {
        final int mask = table.length - 1;
        int slot = hash & mask;
        while (table[slot] != 0 && !holds(table[slot] - 1, hash, buffer, offset, length)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean holds(
            final int number, final int hash, final DirectBuffer buffer, final int offset, final int length) {
        final int start = starts[number];
        if (hashes[number] != hash || starts[number + 1] - start != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (arena.getByte(start + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(final DirectBuffer buffer, final int offset, final int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        // The multiplication by 31 leaves the low bits, which choose the slot, to the last few bytes.
        return hash ^ hash >>> 15;
    }
}
