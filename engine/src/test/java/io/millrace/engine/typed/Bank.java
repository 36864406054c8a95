package io.millrace.engine.typed;

import java.util.TreeMap;

/** Accounts with a balance that never falls below zero. */
final class Bank {
    static final int NOT_ENOUGH = 1;

    static final Types<Object> RESULTS =
            Types.of(Object.class).add(1, Balance.class).build();

    static final Types<Event> EVENTS = domain().events();

    private Bank() {}

    sealed interface Command {}

    record Deposit(long account, long amount) implements Command {
        Deposit {
            if (amount <= 0) {
                throw new IllegalArgumentException("amount must be positive: " + amount);
            }
        }

        /** Bytes that the constructor above would not allow. */
        static byte[] broken() {
            return new byte[] {(byte) 0xA1, 0x66, 'a', 'm', 'o', 'u', 'n', 't', 0x20};
        }
    }

    record Withdraw(long account, long amount) implements Command {}

    record Transfer(long from, long to, long amount) implements Command {}

    sealed interface Event {
        long account();
    }

    record Deposited(long account, long amount) implements Event {}

    record Withdrawn(long account, long amount) implements Event {}

    record Balance(long cents) {}

    static final class Accounts extends TreeMap<Long, Long> {
        private static final long serialVersionUID = 1L;

        long balance(final long account) {
            return getOrDefault(account, 0L);
        }
    }

    static DomainBuilder<Command, Event, Accounts> builder() {
        return Domain.of(Command.class, Event.class, Accounts::new).results(RESULTS).stream(Event::account)
                .decide(
                        1,
                        Deposit.class,
                        (accounts, c) -> Verdict.accept(new Deposited(c.account(), c.amount()))
                                .withResult(new Balance(accounts.balance(c.account()) + c.amount())))
                .decide(
                        2,
                        Withdraw.class,
                        (accounts, c) -> accounts.balance(c.account()) < c.amount()
                                ? Verdict.reject(NOT_ENOUGH, "balance is " + accounts.balance(c.account()))
                                : Verdict.accept(new Withdrawn(c.account(), c.amount())))
                .decide(
                        3,
                        Transfer.class,
                        (accounts, c) -> accounts.balance(c.from()) < c.amount()
                                ? Verdict.reject(NOT_ENOUGH, "")
                                : Verdict.accept(
                                        new Withdrawn(c.from(), c.amount()), new Deposited(c.to(), c.amount())))
                .apply(1, Deposited.class, (accounts, e) -> accounts.merge(e.account(), e.amount(), Long::sum))
                .apply(2, Withdrawn.class, (accounts, e) -> accounts.merge(e.account(), -e.amount(), Long::sum));
    }

    static Domain<Command, Event, Accounts> domain() {
        return builder().build();
    }
}
