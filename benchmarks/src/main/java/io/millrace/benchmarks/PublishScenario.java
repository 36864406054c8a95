package io.millrace.benchmarks;

import io.millrace.engine.StateMachine;
import io.millrace.projections.Projection;
import org.agrona.MutableDirectBuffer;

/** A domain to publish to: its commands are accepted with one event each. */
interface PublishScenario {
    StateMachine machine();

    Projection projection();

    int[] eventTypes();

    int streams();

    /** Longest command. */
    int maxCommandBytes();

    /** Commands that must come first and are not measured. */
    int openingCommands();

    /** Writes an opening command and returns its length. */
    int writeOpening(MutableDirectBuffer target);

    int openingTypeId();

    /** Length of a command. */
    int length();

    int typeId();

    /** Writes the next command. */
    void write(MutableDirectBuffer target, int offset);

    /** Checks the state between two commands, cheaply. */
    void checkState(long commands);

    /** Checks the read model, cheaply. */
    void checkModel(long commands);

    /** Of the whole state. */
    long stateHash();

    /** Of the whole read model: the same. */
    long modelHash();

    /** What can be published to. */
    enum Kind {
        /** A table that does not grow. */
        COUNTERS,
        /** The ledger of the examples, whose tables grow by each transfer. */
        LEDGER;

        PublishScenario create() {
            return this == COUNTERS ? new CounterScenario() : new LedgerPublishScenario();
        }
    }
}
