package io.millrace.contest;

/** FNV-1a over whole words. */
final class Hashing {
    private static final long BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long PRIME = 0x100_0000_01B3L;

    private Hashing() {}

    static long hash(final long[] words) {
        long hash = BASIS;
        for (final long word : words) {
            hash = (hash ^ word) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
