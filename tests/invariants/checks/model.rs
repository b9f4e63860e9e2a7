//! MODEL: the answer, the logs and the books are the model's.

use alloy_primitives::Bytes;
use emetis::campaign::{Tally, Violation};

use super::super::model::{Key, Prediction, Program};
use super::super::spec::MODEL;
use super::super::world::{Changes, World};
use super::Outcome;

/// The answer and the logs.
pub fn answer(
    tally: &mut Tally,
    world: &World,
    outcome: &Outcome,
    predicted: &Prediction,
) -> Result<(), Violation> {
    let same = match (outcome, predicted) {
        // A picture, of which the model knows that there is one.
        (Ok(receipt), Ok(expected)) if expected.is_empty() && !receipt.output.is_empty() => {
            receipt.output.get(64..).is_some_and(|text| text.starts_with(b"data:application/json"))
        }
        (Ok(receipt), Ok(expected)) => receipt.output[..] == expected[..],
        (Err(failure), Err(expected)) => failure.data()[..] == expected[..],
        _ => false,
    };
    tally.check(MODEL, same, || {
        let found = match outcome {
            Ok(receipt) => Ok(receipt.output.to_vec()),
            Err(failure) => Err(failure.data().to_vec()),
        };
        format!("expected {}, found {}", show(world, predicted), show(world, &found))
    })?;
    logs(tally, world, outcome)
}

/// The logs, if the call was accepted.
pub fn logs(tally: &mut Tally, world: &World, outcome: &Outcome) -> Result<(), Violation> {
    let Ok(receipt) = outcome else { return Ok(()) };
    let mut ours = receipt.logs.iter().filter(|log| world.cast.as_program(log.address).is_some());
    let expected = &world.model.logs;
    let same = expected.iter().all(|log| ours.next() == Some(log)) && ours.next().is_none();
    tally.check(MODEL, same, || {
        let names = world.chain.names();
        let show = |logs: &[alloy_primitives::Log]| {
            let lines =
                logs.iter().map(|log| format!("{}: {}", names.name(log.address), names.event(log)));
            lines.collect::<Vec<_>>().join(", ")
        };
        format!("expected logs [{}], found [{}]", show(expected), show(&receipt.logs))
    })
}

fn show(world: &World, answer: &Prediction) -> String {
    match answer {
        Ok(data) => format!("success {}", Bytes::copy_from_slice(data)),
        Err(data) => format!("revert {}", world.chain.names().error(data)),
    }
}

/// What was written is what the model wrote.
pub fn writes(tally: &mut Tally, world: &World, changes: &Changes) -> Result<(), Violation> {
    let wrong = match changes.unknown {
        Some((program, slot)) => Some(format!("{program:?} wrote to slot {slot:#x}, unexpectedly")),
        None => {
            let unexpected = changes
                .known
                .iter()
                .find(|change| world.model.word(change.program, change.key) != change.after);
            let missing = || {
                world.model.writes.iter().find(|(program, key)| {
                    world.figure(*program, *key) != world.model.word(*program, *key)
                })
            };
            let place = unexpected.map(|change| (change.program, change.key));
            place.or_else(|| missing().copied()).map(|place| mismatch(world, place))
        }
    };
    tally.check(MODEL, wrong.is_none(), || wrong.unwrap_or_default())
}

/// Everything that the programs keep of the actors.
pub fn books(tally: &mut Tally, world: &World) -> Result<(), Violation> {
    let wrong = Program::ALL.into_iter().find_map(|program| {
        let holder = world.cast.program(program);
        world.cast.keys(program).find_map(|(key, slot)| {
            let same = world.chain.storage(holder, slot) == world.model.word(program, key);
            (!same).then(|| mismatch(world, (program, key)))
        })
    });
    tally.check(MODEL, wrong.is_none(), || wrong.unwrap_or_default())
}

fn mismatch(world: &World, (program, key): (Program, Key)) -> String {
    let (found, expected) = (world.figure(program, key), world.model.word(program, key));
    let name = |account| world.cast.name(account);
    let symbol = program.symbol();
    match key {
        Key::Count(_) | Key::Operator(..) | Key::Numbered(..) => {
            format!("{symbol}: {key:?} holds {found:#x}, expected {expected:#x}")
        }
        Key::Word(slot) => {
            format!("{symbol}: slot {slot} holds {found:#x}, expected {expected:#x}")
        }
        Key::Balance(account) => {
            format!("{symbol}: balance of {} {found}, expected {expected}", name(account))
        }
        Key::Nonce(account) => {
            format!("{symbol}: nonce of {} {found}, expected {expected}", name(account))
        }
        Key::Allowance(owner, spender) => {
            let (owner, spender) = (name(owner), name(spender));
            format!("{symbol}: allowance of {owner} to {spender} {found}, expected {expected}")
        }
    }
}
