package io.millrace.journal;

import java.util.List;

/**
 * What a journal held at a moment: SHA-256 of the commits of each cycle. Kept elsewhere, it proves later that nothing of
 * that was changed, cut off, or written anew. Cycles that retention has deleted since are not compared.
 *
 * @param journalId of the journal
 * @param lastSequence of the last event
 * @param chain that the next commit must carry
 * @param cycles oldest first
 */
public record JournalAnchor(long journalId, long lastSequence, long chain, List<Cycle> cycles) {
    /**
     * One cycle.
     *
     * @param file its name
     * @param firstSequence of its first event
     * @param lastSequence of the last event when the anchor was taken
     * @param commits how many it had
     * @param sha256 of the bytes of those commits, one behind the other, as hexadecimal digits
     */
    public record Cycle(String file, long firstSequence, long lastSequence, long commits, String sha256) {}

    /**
     * Copies the list.
     *
     * @param journalId of the journal
     * @param lastSequence of the last event
     * @param chain that the next commit must carry
     * @param cycles oldest first
     */
    public JournalAnchor {
        cycles = List.copyOf(cycles);
    }
}
