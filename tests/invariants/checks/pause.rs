//! ACC-2: a pause halts its entries and nothing else, ends by itself, and leaves entries free after.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};
use emetis::Chain;
use emetis::campaign::{Tally, Violation};
use emetis::interfaces::{ILiquidStaking as Hub, IStakedMetis as Vault};

use super::super::action::{Actor, Program};
use super::super::model::{Key, WEEK};
use super::super::spec::ACC_2;
use super::super::world::{Seen, World};
use super::Observed;
use super::chance::Chance;
use super::stream::endow;

/// Whether a call is of an entry that a pause of `program` halts.
fn is_halted_by(seen: &Observed<'_>, program: Program) -> bool {
    let call = seen.transaction;
    let stakes = call.is::<Hub::depositAndStakeCall>(Program::Hub);
    match program {
        Program::Hub => stakes || call.is::<Hub::depositCall>(Program::Hub),
        Program::Vault => {
            stakes
                || call.is::<Vault::depositCall>(Program::Vault)
                || call.is::<Vault::mintCall>(Program::Vault)
                || call.is::<Vault::receiveDepositCall>(Program::Vault)
        }
        Program::Queue => false,
    }
}

/// A call: no entry goes on while it is paused, nothing else ever meets a pause, and only a guardian
/// moves one, within bounds.
pub fn call(tally: &mut Tally, seen: &Observed<'_>) -> Result<(), Violation> {
    let failure = seen.outcome.as_ref().err().map(emetis::Failure::data).unwrap_or_default();
    let met = failure.starts_with(&Hub::EntriesPaused::SELECTOR);
    let mut may_meet = false;
    for program in Program::TOKENS {
        if !(is_halted_by(seen, program) && seen.before.is_paused(program)) {
            continue;
        }
        may_meet = true;
        tally.check(ACC_2, !seen.accepted(), || format!("{program:?} was entered while paused"))?;
    }
    tally.check(ACC_2, may_meet || !met, || "a pause halted what it must not".into())?;
    let to = seen.transaction.to;
    let moves = seen.did::<Hub::pauseCall>(to) || seen.did::<Hub::unpauseCall>(to);
    begun(tally, seen.before, seen.after, moves)
}

/// A pause that began or ended: in time, and not for too long.
pub fn begun(
    tally: &mut Tally,
    before: &Seen,
    after: &Seen,
    may_move: bool,
) -> Result<(), Violation> {
    for program in Program::TOKENS {
        let [old, new] = [before, after].map(|seen| seen.pauses[program as usize]);
        if old == new {
            continue;
        }
        let now = after.now;
        let fits = if new > now {
            (old == 0 || now >= old + WEEK) && new - now <= WEEK
        } else {
            before.is_paused(program) && new == now
        };
        tally.check(ACC_2, fits && may_move, || {
            format!("the pause of {program:?} went from {old} to {new} at {now}")
        })?;
    }
    Ok(())
}

/// On forks: whatever lets somebody out does the same with a pause and without, entries tell of it
/// and refuse, and when it is over they do what they did.
pub fn halts_entries_alone(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let mut chance = Chance::of(world, 12);
    let program = Program::TOKENS[chance.below(2) as usize];
    let Some(paused) = pause(world, program, &mut chance) else { return Ok(()) };
    let open = lifted(world, &paused, program);
    let until = paused.storage(world.cast.program(program), U256::from(5));

    let who = holder(world, &mut chance);
    for (to, data) in ways_out(world, who) {
        let [with, without] =
            [&paused, &open].map(|fork| run(fork, world, who, to, &data, U256::ZERO));
        tally.check(ACC_2, with == without, || {
            let call = world.chain.names().call(&data);
            format!("{call} comes to {without:?}, and to {with:?} in a pause of {program:?}")
        })?;
    }

    let (entry, value) = way_in(program, who);
    let told = most(&paused, world, program, who);
    tally.check(ACC_2, told == Some(U256::ZERO), || {
        format!("maxDeposit of {program:?} is {told:?} in a pause")
    })?;
    let refused = run(&paused, world, who, program, &entry, value);
    let expected = Hub::EntriesPaused { until }.abi_encode();
    tally.check(ACC_2, refused == Err(expected.into()), || {
        format!("in a pause of {program:?} until {until} its entry comes to {refused:?}")
    })?;

    let [after, never] = [&paused, &open].map(|fork| {
        let mut fork = fork.clone();
        fork.advance(until.saturating_to::<u64>() - fork.time());
        run(&fork, world, who, program, &entry, value)
    });
    tally.check(ACC_2, after == never, || {
        format!("a pause of {program:?} is over: its entry comes to {after:?}, not to {never:?}")
    })
}

/// A fork in which a program is paused and somebody can enter; none if it must not be paused now.
fn pause(world: &World, program: Program, chance: &mut Chance) -> Option<Chain> {
    /// Less than a program lives.
    const LONGEST: u64 = 100_000;
    let (cast, seen) = (&world.cast, &world.seen);
    let mut fork = world.chain.clone();
    if seen.is_paused(program) {
        return Some(fork);
    }
    let last = seen.pauses[program as usize];
    if last != 0 && seen.now < last + WEEK {
        return None;
    }
    let duration = 1 + chance.below(LONGEST) as u32;
    let guardian = cast.account(Actor::Guardian);
    // The guardian may have lost the role.
    fork.send(guardian, cast.program(program), Hub::pauseCall { duration }).run().ok()?;
    Some(fork)
}

/// The same fork without the pause, by surgery.
fn lifted(world: &World, paused: &Chain, program: Program) -> Chain {
    let mark = match program {
        Program::Hub => 253,
        Program::Vault => 249,
        Program::Queue => unreachable!("it is never paused"),
    };
    let (address, head) = (world.cast.program(program), U256::ZERO);
    let mut fork = paused.clone();
    let mut word = fork.storage(address, head);
    word.set_bit(mark, false);
    fork.set_storage(address, head, word);
    fork.set_storage(address, U256::from(5), U256::ZERO);
    fork
}

fn holder(world: &World, chance: &mut Chance) -> Address {
    world.cast.address([Actor::Alice, Actor::Bob][chance.below(2) as usize])
}

/// Everything by which a holder leaves or moves what is theirs.
fn ways_out(world: &World, who: Address) -> Vec<(Program, Vec<u8>)> {
    let receiver = Address::repeat_byte(0x77);
    let shares = world.figure(Program::Vault, Key::Balance(who));
    let (owner, assets) = (who, world.seen.worth(shares));
    let eighth = shares >> 3;
    let value = world.figure(Program::Hub, Key::Balance(who));
    vec![
        (Program::Vault, Vault::redeem_0Call { shares, receiver, owner }.abi_encode()),
        (Program::Vault, Vault::withdrawCall { assets, receiver, owner }.abi_encode()),
        (Program::Vault, Vault::transferCall { to: receiver, value: eighth }.abi_encode()),
        (Program::Hub, Hub::transferCall { to: receiver, value }.abi_encode()),
        (Program::Hub, Hub::approveCall { spender: receiver, value }.abi_encode()),
    ]
}

/// An entry of a program, and the METIS that goes with it.
fn way_in(program: Program, who: Address) -> (Vec<u8>, U256) {
    let assets = U256::from(1_000_000);
    match program {
        Program::Hub => (Hub::depositCall { receiver: who, tag: B256::ZERO }.abi_encode(), assets),
        Program::Vault => (Vault::depositCall { assets, receiver: who }.abi_encode(), U256::ZERO),
        Program::Queue => unreachable!("it is never paused"),
    }
}

fn most(fork: &Chain, world: &World, program: Program, who: Address) -> Option<U256> {
    fork.try_view(world.cast.program(program), Hub::maxDepositCall { receiver: who }).ok()
}

/// What a call would come to: its answer, or its error.
fn run(
    fork: &Chain,
    world: &World,
    who: Address,
    to: Program,
    data: &[u8],
    value: U256,
) -> Result<Bytes, Bytes> {
    let mut fork = fork.clone();
    if to == Program::Vault {
        endow(&mut fork, world, who, U256::ONE << 80, world.cast.program(Program::Vault));
    }
    let call = fork.send_raw(who, world.cast.program(to), data.to_vec()).value(value);
    call.dry_run().map(|receipt| receipt.output).map_err(|failure| failure.data())
}
