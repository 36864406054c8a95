package io.millrace.faults.agent;

import static io.millrace.faults.agent.BugKind.ADVICE;
import static io.millrace.faults.agent.BugKind.RETURN_CONSTANT;
import static io.millrace.faults.agent.BugKind.SKIP_BODY;
import static io.millrace.faults.agent.BugKind.SKIP_CALL;
import static io.millrace.faults.agent.BugKind.SUPPRESS_EXCEPTION;

import io.millrace.faults.planted.Advices;

/** The defects that can be planted, one at a time, to see whether the harness catches them. */
public enum PlantedBug {
    /** A force does not reach the files. */
    SKIP_FORCE("journal", "CycleFiles", "force", SKIP_BODY, null),
    /** A failed force passes for one that succeeded. */
    IGNORE_FORCE_ERROR("journal", "CycleFiles", "force", SUPPRESS_EXCEPTION, null),
    /** The directory is not forced when it has a new cycle file. */
    SKIP_DIRECTORY_FORCE("journal", "CycleFiles", "forceDirectory", SKIP_BODY, null),
    /** SYNCED is acknowledged, and forced afterwards. */
    ACKNOWLEDGE_BEFORE_FORCE("engine", "ForceAgent", "force", ADVICE, Advices.AcknowledgeBeforeForce.class),
    /** SYNCED is acknowledged without a force. */
    ACKNOWLEDGE_WITHOUT_FORCE("engine", "ForceAgent", "force", SKIP_CALL, "ForceAgent.forceJournal"),
    /** JOURNALED is acknowledged, and appended afterwards. */
    ACKNOWLEDGE_BEFORE_APPEND("engine", "JournalStep", "commit", ADVICE, Advices.AcknowledgeBeforeAppend.class),
    /** Nothing is appended. */
    SKIP_APPEND("engine", "JournalStep", "append", SKIP_CALL, "Journal.append"),
    /** A failed append passes for one that succeeded. */
    IGNORE_APPEND_ERROR("engine", "JournalStep", "append", SUPPRESS_EXCEPTION, null),
    /** The CRC is not looked at when a commit is read. */
    SKIP_CRC_CHECK("journal", "CommitView", "checkBytes", SKIP_BODY, null),
    /** All CRCs are the same. */
    CONSTANT_CRC("org.agrona.checksum.", "Crc32c", "compute", RETURN_CONSTANT, 0),
    /** The chain is not looked at. */
    SKIP_CHAIN_CHECK("journal", "CommitView", "checkEnvelope", ADVICE, Advices.ForgetChain.class),
    /** Gaps in the sequence are not looked at. */
    SKIP_SEQUENCE_CHECK("journal", "CommitView", "checkEnvelope", ADVICE, Advices.ForgetSequence.class),
    /** A command loses its last event. */
    DROP_LAST_EVENT("io.millrace.journal.", "CommandEncoder", "end", ADVICE, Advices.DropLastEvent.class),
    /** After a restart a sequence is used again. */
    REUSE_SEQUENCE("journal", "Opening", "nextSequence", ADVICE, Advices.OneLess.class),
    /** Openings are not counted. */
    REUSE_EPOCH("journal", "Manifest", "nextEpoch", ADVICE, Advices.ReturnItself.class),
    /** The watermark says what is not forced yet. */
    WATERMARK_BEFORE_FORCE("journal", "ChronicleJournal", "forceLocked", ADVICE, Advices.StoreBeforeForce.class),
    /** The watermark says one event too many. */
    WATERMARK_AHEAD("journal", "WatermarkFile", "store", ADVICE, Advices.StoreAhead.class),
    /** The watermark is never stored. */
    WATERMARK_NOT_STORED("journal", "WatermarkFile", "store", SKIP_BODY, null),
    /** Recovery does not know what was forced. */
    WATERMARK_IGNORED("journal", "WatermarkFile", "read", SKIP_BODY, null),
    /** What was forced and is damaged is cut. */
    CUT_WHAT_WAS_FORCED("journal", "TailRule", "judge", ADVICE, Advices.CutInsteadOfRefuse.class),
    /** A torn tail is reported as cut, and left there. */
    CUT_NOT_PHYSICAL("journal", "TailCut", "perform", SKIP_BODY, null),
    /** A torn tail is appended behind. */
    TORN_TAIL_NOT_CUT("journal", "TailRule", "judge", ADVICE, Advices.OpenInsteadOfCut.class),
    /** The manifest does not list new cycles. */
    MANIFEST_NOT_UPDATED("journal", "ChronicleJournal", "listCycles", SKIP_BODY, null),
    /** Events are applied twice in replay. */
    APPLY_TWICE("engine", "DisruptorEngine$Replay", "onEvent", ADVICE, Advices.ApplyTwice.class),
    /** A rejected command keeps its events. */
    KEEP_REJECTED_EVENTS("io.millrace.journal.", "CommandEncoder", "discardEvents", SKIP_BODY, null),
    /** A command that failed keeps its result. */
    KEEP_FAILED_RESULT("io.millrace.journal.", "CommandEncoder", "discardResult", SKIP_BODY, null),
    /** Outcomes are sent twice. */
    SEND_OUTCOME_TWICE("engine", "OutcomeSender", "send", ADVICE, Advices.SendTwice.class),
    /** Outcomes are not sent. */
    SEND_NO_OUTCOME("engine", "OutcomeSender", "send", SKIP_BODY, null),
    /** Nobody wakes the thread that forces. */
    FORGET_TO_WAKE("engine", "ForceAgent", "wake", SKIP_BODY, null),
    /** A failure is noted by nobody. */
    IGNORE_FAILURE("engine", "Lifecycle", "fail", RETURN_CONSTANT, false),
    /** Times are those of the wall clock, even if it goes back. */
    WALL_CLOCK("journal", "JournalClock", "nowNs", ADVICE, Advices.WallClock.class),
    /** The clock alone chooses the cycle. */
    CYCLE_BY_CLOCK("journal", "CycleClock", "next", ADVICE, Advices.CycleByClock.class),
    /** Two processes may have a directory open. */
    SHARE_LOCK("journal", "DirectoryLock", "tryLock", ADVICE, Advices.ShareLock.class),
    /** A poisoned journal goes on. */
    IGNORE_POISON("journal", "ChronicleJournal", "requireHealthy", SKIP_BODY, null),
    /** The disk is never full. */
    IGNORE_FULL_DISK("journal", "CycleSpace", "requireFree", SKIP_BODY, null),
    /** Anybody may have rights. */
    IGNORE_PERMISSIONS("journal", "DirectoryContents", "checkPermissions", SKIP_BODY, null),
    /** Retention deletes one cycle too many. */
    DELETE_ONE_TOO_MANY("journal", "Retention", "moveStart", ADVICE, Advices.OneMore.class),
    /** Streams that began in deleted cycles are not gone on with. */
    FORGET_STREAM_STARTS("journal", "StreamHeads", "resume", SKIP_BODY, null),
    /** The newest event of a stream is said to be one before. */
    STREAM_HEAD_OFF_BY_ONE("journal", "StreamHeads", "lastSequence", ADVICE, Advices.OneLess.class),
    /** A projection skips the event that it fails in. */
    PROJECTION_SKIPS("projections", "Member", "apply", ADVICE, Advices.GoOnAfterError.class),
    /** A projection's position says an event that it has not applied. */
    POSITION_BEFORE_APPLY("projections", "Member", "apply", ADVICE, Advices.MoveBeforeApply.class);

    private final String className;
    private final String method;
    private final BugKind kind;
    private final Object argument;

    PlantedBug(
            final String module,
            final String className,
            final String method,
            final BugKind kind,
            final Object argument) {
        this.className = (module.endsWith(".") ? module : "io.millrace." + module + ".internal.") + className;
        this.method = method;
        this.kind = kind;
        this.argument = argument;
    }

    /** Binary name of the class it is in. */
    public String className() {
        return className;
    }

    /** Name of the method; all overloads have the bug. */
    public String method() {
        return method;
    }

    /** How the method is changed. */
    public BugKind kind() {
        return kind;
    }

    /** What the kind asks for: the constant, the call as {@code SimpleClassName.method}, or the advice class. */
    public Object argument() {
        return argument;
    }
}
