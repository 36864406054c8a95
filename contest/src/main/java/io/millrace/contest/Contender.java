package io.millrace.contest;

import java.nio.file.Path;
import java.util.Map;

/**
 * One way to do the {@link Work}: take each transfer as a command of 64 bytes from one producing thread, decide it by
 * {@link Books#allows}, keep its event of 64 bytes, {@linkplain Books#apply apply} it, and let a live read model
 * {@linkplain Turnovers#add count} it. As fast as it can be made by what its own documentation recommends, which
 * {@link #settings} tells.
 */
public interface Contender {
    /** What it reaches before it counts a command as done. */
    enum Durability {
        /** Gone with the process. */
        MEMORY,
        /** In a buffer of the process. */
        PROCESS_BUFFER,
        /** In the page cache: survives {@code kill -9}. */
        JOURNALED,
        /** Forced to the device. */
        SYNCED
    }

    /** Of the results, lower case with underscores, as {@code hand_wired}. */
    String key();

    /** For people, with the version, as {@code Reveno 1.23}. */
    String title();

    /** What a command has reached when it is counted. */
    Durability durability();

    /** How it was set up, and how its work differs from the others' if it cannot be the same. In the order given. */
    Map<String, String> settings();

    /**
     * Does all the work in an empty directory: what is measured begins with the first command's publishing and ends when
     * the last one has reached the read model. Setting up and closing do not count.
     */
    Live live(Path directory, Work work) throws Exception;

    /** Whether {@link #replay} can be called. */
    boolean replays();

    /** Opens what {@link #live} left in the directory, and applies all of it to new {@link Books}; opening counts. */
    Replay replay(Path directory, Work work) throws Exception;

    /**
     * A live run.
     *
     * @param usage while it ran
     * @param answer what it came to
     */
    record Live(Usage usage, Answer answer) {}

    /**
     * A replay.
     *
     * @param usage from the opening on
     * @param events applied
     * @param stateHash {@link Books#hash}
     */
    record Replay(Usage usage, long events, long stateHash) {}
}
