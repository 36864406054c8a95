package io.millrace.faults.simulation;

/**
 * An event as it must be.
 *
 * @param sequence of it
 * @param typeId of it
 * @param schemaVersion of it
 * @param streamId of it
 * @param streamVersion count within its stream, from 1
 * @param previousSequence of its stream, 0 if there is none
 * @param payload not to be modified
 */
record ModelEvent(
        long sequence,
        int typeId,
        int schemaVersion,
        long streamId,
        long streamVersion,
        long previousSequence,
        byte[] payload) {}
