package io.millrace.tools.internal.demo;

import io.millrace.engine.StateMachine;
import java.util.List;

/** What the demo runs: a state machine, the sequence of commands for it, and its read models. */
interface Domain {
    /** How it is called on the command line. */
    String name();

    /** What its commands are called, in the plural. */
    String unit();

    /** What a ring slot must hold. */
    int maxCommandBytes();

    /** An empty state. */
    StateMachine newMachine();

    /** How many commands of the sequence a state has. */
    long recorded(StateMachine machine);

    /** How many commands at the start of the sequence only arrange things and are not to be counted. */
    long preparingCommands();

    /** The sequence of commands behind the first so many. */
    CommandSource commandsBehind(long recorded);

    /** Empty read models. */
    List<DemoReadModel> newReadModels();
}
