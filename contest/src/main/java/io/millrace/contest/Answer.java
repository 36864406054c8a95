package io.millrace.contest;

/**
 * What a run came to; the same for all contenders that were given the same {@link Work}.
 *
 * @param accepted commands
 * @param events written to the journal, or handed to the read model where there is none
 * @param stateHash {@link Books#hash}
 * @param readModelHash {@link Turnovers#hash}
 */
public record Answer(long accepted, long events, long stateHash, long readModelHash) {}
