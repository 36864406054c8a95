package io.millrace.faults.kill;

/** Is told what rounds find. Any thread. */
public interface RoundSink {
    /** A fault came to pass, and this is the verdict. */
    void ran(String fault, Verdict verdict);

    /** A fault was prepared and did not come to pass. */
    void missed(String fault);

    /** A fault cannot be had here. */
    void skipped(String fault, String reason);
}
