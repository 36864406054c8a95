package io.millrace.engine;

/** Told how far the replay at launch has got. Called on the launching thread. */
@FunctionalInterface
public interface RecoveryListener {
    /**
     * Another commit has been replayed.
     *
     * @param appliedSequence last event applied
     */
    void onReplayed(long appliedSequence);
}
