package io.millrace.tools.internal.demo;

import io.millrace.journal.Durability;
import io.millrace.journal.JvmFlags;
import io.millrace.tools.internal.console.ToolException;
import io.millrace.tools.internal.console.WorkDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads the command line of {@code millrace demo}. */
@Command(
        name = "demo",
        description = {
            "Runs a domain through the engine with a journal, prints its read models, throughput and latency, then"
                    + " closes, recovers by replay, and proves that state and read models are the same.",
            "",
            "With --dir the journal stays. Run again on the same directory, the demo recovers first and then goes on:"
                    + " wiki with the first edit that is not recorded yet (when all are, it only verifies), ledger"
                    + " with N more transfers. It may be killed at any moment: the next run has every acknowledged"
                    + " command.",
            "",
            "Latency is from the moment a command is published (with --rate: should be) to its outcome at the asked"
                    + " durability. At full speed most of it is the wait in the full ring.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all went well and the recovered state is the same",
            "1:it failed, or the recovered state is not the same",
            "2:the command line is wrong",
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long LEDGER_COMMANDS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "wiki",
            paramLabel = "wiki|ledger",
            description = "What to run: wiki, real Wikipedia edits, or ledger, generated transfers. Default: wiki.")
    private DomainName domain;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the journal. Default: a temporary one, deleted at the end.")
    private Path directory;

    @Option(names = "--keep", description = "Keep the temporary directory.")
    private boolean keep;

    @Option(
            names = "--commands",
            paramLabel = "N",
            description = "How many commands to run. Default: wiki all that are left, ledger 1,000,000.")
    private Long commands;

    @Option(
            names = "--durability",
            paramLabel = "journaled|synced",
            defaultValue = "journaled",
            description = "What an acknowledgement promises: journaled survives kill -9, synced survives power loss."
                    + " Default: journaled.")
    private Durability durability;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Commands to publish each second. Default: as many as the engine takes.")
    private long rate;

    @Option(
            names = "--ring",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Slots of the ring, a power of two. Larger gives throughput, smaller gives latency. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int ringSize;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "75000",
            description = "Commands to run before, in a journal of their own, so that compiled code is timed. Default:"
                    + " ${DEFAULT-VALUE}.")
    private long warmUp;

    @Option(
            names = "--edits",
            paramLabel = "FILE",
            description = "The file of edits for wiki. Default: the one that the build unpacks.")
    private Path edits;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rows to print of a long read model. Default: 10.")
    private int top;

    @Option(
            names = "--ack-log",
            paramLabel = "FILE",
            description = "Append the sequence of every acknowledged command to this file, a line of 20 bytes each. A"
                    + " file with lines is first checked: all they name must have been recovered.")
    private Path ackLog;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    /** For picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() {
        JvmFlags.require();
        check(commands == null || commands > 0, "--commands must be at least 1: " + commands);
        check(rate >= 0, "--rate must not be negative: " + rate);
        check(warmUp >= 0, "--warm-up must not be negative: " + warmUp);
        check(
                Integer.bitCount(ringSize) == 1 && ringSize >= 2 && ringSize <= 1 << 20,
                "--ring must be a power of two, 2 to 2^20: " + ringSize);
        check(top > 0, "--top must be at least 1: " + top);
        try (WorkDirectory work = WorkDirectory.of(directory, "millrace-demo-", keep)) {
            final DemoOptions options = new DemoOptions(
                    work.path(), work.temporary(), limit(), durability, ringSize, warmUp, rate, ackLog, json);
            return new Demo(options, newDomain(), spec.commandLine().getOut()).run() ? 0 : 1;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("the demo was interrupted", e);
        }
    }

    private Domain newDomain() {
        return switch (domain) {
            case LEDGER -> new LedgerDomain(top);
            case WIKI -> new WikiDomain(edits == null ? WikiDomain.defaultFile() : edits, top);
        };
    }

    private long limit() {
        if (commands != null) {
            return commands;
        }
        return domain == DomainName.WIKI ? Long.MAX_VALUE : LEDGER_COMMANDS;
    }

    private void check(final boolean met, final String message) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** What can be run. */
    enum DomainName {
        WIKI,
        LEDGER
    }
}
