package io.millrace.examples.ledger;

import java.math.BigInteger;

/** Unsigned 128-bit numbers as two longs, low half first. */
final class U128 {
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(Long.SIZE);

    private U128() {}

    static boolean isZero(final long lo, final long hi) {
        return (lo | hi) == 0;
    }

    static boolean isMax(final long lo, final long hi) {
        return (lo & hi) == -1L;
    }

    static boolean equal(final long aLo, final long aHi, final long bLo, final long bHi) {
        return (aLo ^ bLo | aHi ^ bHi) == 0;
    }

    static boolean less(final long aLo, final long aHi, final long bLo, final long bHi) {
        return aHi == bHi ? Long.compareUnsigned(aLo, bLo) < 0 : Long.compareUnsigned(aHi, bHi) < 0;
    }

    /** High half of a + b; the low half is {@code aLo + bLo}. */
    static long sumHi(final long aLo, final long aHi, final long bLo, final long bHi) {
        return aHi + bHi + (Long.compareUnsigned(aLo + bLo, aLo) < 0 ? 1 : 0);
    }

    /** High half of a - b; the low half is {@code aLo - bLo}. */
    static long differenceHi(final long aLo, final long aHi, final long bLo, final long bHi) {
        return aHi - bHi - (Long.compareUnsigned(aLo, bLo) < 0 ? 1 : 0);
    }

    /** Whether a + b is more than 128 bits can hold. */
    static boolean sumOverflows(final long aLo, final long aHi, final long bLo, final long bHi) {
        if ((aHi | bHi) == 0) {
            return false;
        }
        final long sumHi = sumHi(aLo, aHi, bLo, bHi);
        return less(aLo + bLo, sumHi, aLo, aHi);
    }

    static BigInteger toBigInteger(final long lo, final long hi) {
        return toBigInteger(hi).multiply(HALF).add(toBigInteger(lo));
    }

    static long lo(final BigInteger value) {
        return value.longValue();
    }

    static long hi(final BigInteger value) {
        return value.shiftRight(Long.SIZE).longValue();
    }

    private static BigInteger toBigInteger(final long half) {
        final BigInteger signed = BigInteger.valueOf(half);
        return half < 0 ? signed.add(HALF) : signed;
    }
}
