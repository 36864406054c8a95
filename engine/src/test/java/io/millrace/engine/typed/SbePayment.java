package io.millrace.engine.typed;

/** What the messages of {@code payment-schema.xml} carry; public for the class that is compiled against it. */
public record SbePayment(long account, long amount, int branch, String memo) {}
