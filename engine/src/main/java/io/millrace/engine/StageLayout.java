package io.millrace.engine;

/** How the stages are spread over threads. The results are the same. */
public enum StageLayout {
    /** Decide, apply and journal on one thread: best where cores are few. */
    FUSED,
    /** Decide and apply on one thread, journal on the next: best where cores are many and decisions cost. */
    PIPELINED
}
