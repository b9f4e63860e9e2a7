//! Programs that misbehave: every question, and every way to answer it badly.

mod script;

use super::kit::*;
use alloy_primitives::{Address, Bytes, U256};
use alloy_sol_types::{SolCall, SolError};
use script::{Answer, Script, damaged, list};

/// More than the lens gives for an answer, and what a whole call may take then, in gas.
const MOST: u64 = 1_500_000;
/// Gas that a program gets for an answer.
const GRANTED: u64 = 1_000_000;

/// A world with two sequencers of one cap, a pool, and a direct position; and what staking and quota
/// answer there.
fn stage() -> (World, Script, Script) {
    let mut world = world();
    let ids = ["olga", "otto"].map(|owner| world.register(owner, 20_000));
    world.group(1, 2);
    let pool = world.pool(&ids);
    world.pool_delegation(pool, ids[0], ether(3_000)).ok();
    world.delegation(ids[1], ether(2_000)).ok();
    let of_staking = vec![
        Staking::totalsCall {}.abi_encode(),
        Staking::liveCall {}.abi_encode(),
        Staking::sequencerCall { id: ids[0] }.abi_encode(),
        Staking::sequencerCall { id: ids[1] }.abi_encode(),
        Staking::groupStakeCall { group: word(1) }.abi_encode(),
        Staking::groupStakeCall { group: word(2) }.abi_encode(),
        Staking::poolsCall {}.abi_encode(),
        Staking::poolOfCall { pool }.abi_encode(),
    ];
    let of_quota = vec![
        Quota::membersOfCall { member: word(1) }.abi_encode(),
        Quota::membersOfCall { member: word(2) }.abi_encode(),
    ];
    let mut script = |program: Address, questions: Vec<Vec<u8>>| {
        let answers = questions.into_iter().map(|question| {
            let call = world.chain.send_raw(world.alice, program, question.clone());
            (question, Answer::Words(call.dry_run().unwrap().output.to_vec()))
        });
        Script { program, answers: answers.collect() }
    };
    let (staking, quota) = (script(world.staking, of_staking), script(world.quota, of_quota));
    (world, staking, quota)
}

impl World {
    fn play(&mut self, script: &Script) {
        self.chain.set_code(script.program, script.code());
    }
}

/// Which functions ask a question: those about groups, those about pools.
fn asks(question: &[u8]) -> (bool, bool) {
    let selector: [u8; 4] = question[..4].try_into().unwrap();
    let of_both = [Staking::totalsCall::SELECTOR];
    let of_pools = [Staking::poolsCall::SELECTOR, Staking::poolOfCall::SELECTOR];
    // Those of the second sequencer's cap are not asked for: the first told of it.
    let is_spared = question == Quota::membersOfCall { member: word(2) }.abi_encode();
    (
        !of_pools.contains(&selector) && !is_spared,
        [&of_both[..], &of_pools].concat().contains(&selector),
    )
}

/// Asserts that all functions that ask a question fail with this, and the others answer as before.
#[track_caller]
fn refuses(
    world: &mut World,
    honest: &[Bytes],
    question: &[u8],
    error: &impl SolError,
    what: &str,
) {
    let (of_groups, of_pools) = asks(question);
    for ((name, data), before) in functions().into_iter().zip(honest) {
        let is_asked = match name {
            "concentration" | "groups" => of_groups,
            "poolConcentration" | "pools" => of_pools,
            _ => false,
        };
        let outcome = world.chain.send_raw(world.alice, world.lens, data).dry_run();
        if is_asked {
            let failure = outcome.expect_err(what);
            assert!(failure.is(error), "{name}, {what}: {failure:?}");
            assert!(failure.gas_used() < MOST, "{name}, {what}: {failure:?}");
        } else {
            assert_eq!(&outcome.unwrap().output, before, "{name}, {what}");
        }
    }
}

/// What all functions answer.
fn answers(world: &mut World) -> Vec<Bytes> {
    let told = functions().into_iter().map(|(_, data)| {
        world.chain.send_raw(world.alice, world.lens, data).dry_run().unwrap().output
    });
    told.collect()
}

/// Every question with its program and honest answer.
fn questions(scripts: &[Script]) -> Vec<(Script, Vec<u8>, Vec<u8>)> {
    let all = scripts.iter().flat_map(|script| {
        script.answers.iter().map(move |(question, answer)| match answer {
            Answer::Words(words) => (script.clone(), question.clone(), words.clone()),
            Answer::Code(_) => unreachable!("scripts are honest to begin with"),
        })
    });
    all.collect()
}

fn failed(program: Address, question: &[u8]) -> Lens::ProgramFailed {
    Lens::ProgramFailed { program, selector: question[..4].try_into().unwrap() }
}

fn invalid(program: Address, question: &[u8]) -> Lens::AnswerInvalid {
    Lens::AnswerInvalid { program, selector: question[..4].try_into().unwrap() }
}

#[test]
fn scripts_of_honest_answers_change_none() {
    let (mut world, staking, quota) = stage();
    let before = answers(&mut world);

    world.play(&staking);
    world.play(&quota);

    assert_eq!(answers(&mut world), before);
    let (stake, rest) = (world.told(Lens::concentrationCall {}).stake, U256::ZERO);
    assert_eq!((stake, world.told(Lens::concentrationCall {}).elsewhere), (ether(45_000), rest));
}

#[test]
pub(super) fn a_program_that_fails_is_named_with_what_it_was_asked() {
    let (origin, staking, quota) = stage();
    let honest = answers(&mut origin.clone());
    let ones = [&[0x7f][..], &[0xff; 32], &[0x60, 0, 0x52]].concat();
    let ways = [
        ("reverts", vec![0x60, 0, 0x60, 0, 0xfd]),
        ("reverts with junk", [&ones[..], &[0x60, 0x20, 0x60, 0, 0xfd]].concat()),
        // As long as the longest list.
        ("reverts with much", vec![0x61, 0x08, 0x40, 0x60, 0, 0xfd]),
        ("is no code", vec![0xfe]),
        // Jumps to itself.
        ("burns gas", vec![0x5b, 0x58, 0x60, 1, 0x90, 0x03, 0x56]),
        ("answers sixteen megabytes", vec![0x63, 0x01, 0, 0, 0, 0x60, 0, 0xf3]),
    ];

    for (script, question, _) in questions(&[staking, quota]) {
        for (what, code) in &ways {
            let mut world = origin.clone();
            world.play(&script.with(&question, Answer::Code(code.clone())));
            let error = failed(script.program, &question);
            refuses(&mut world, &honest, &question, &error, what);
        }
    }
}

#[test]
pub(super) fn an_answer_of_another_size_is_none() {
    let (origin, staking, quota) = stage();
    let honest = answers(&mut origin.clone());

    for (script, question, words) in questions(&[staking, quota]) {
        let size = words.len();
        let sizes = [0, 1, 31, size - 32, size - 1, size + 1, size + 32, size + 10_000];
        for other in sizes.into_iter().filter(|other| *other != size) {
            let mut answer = words.clone();
            answer.resize(other, 0);
            let mut world = origin.clone();
            world.play(&script.with(&question, Answer::Words(answer)));
            let error = invalid(script.program, &question);
            refuses(&mut world, &honest, &question, &error, &format!("{other} of {size} bytes"));
        }
    }
}

#[test]
fn junk_of_the_right_size_is_no_answer() {
    let (origin, staking, quota) = stage();
    let honest = answers(&mut origin.clone());

    for (script, question, words) in questions(&[staking, quota]) {
        let mut world = origin.clone();
        world.play(&script.with(&question, Answer::Words(vec![0xff; words.len()])));
        let error = invalid(script.program, &question);
        refuses(&mut world, &honest, &question, &error, "all ones");
    }
}

#[test]
fn figures_that_cannot_be_are_no_answer() {
    let (origin, staking, quota) = stage();
    let honest = answers(&mut origin.clone());
    let beyond = U256::ONE << 84;
    let mut tried = 0;

    for (script, question, words) in questions(&[staking, quota]) {
        let selector: [u8; 4] = question[..4].try_into().unwrap();
        let ones: Vec<_> = (0..65).map(|at| word(at + 1)).collect();
        let flaws: Vec<Answer> = match selector {
            Staking::totalsCall::SELECTOR => (0..3).map(|at| damaged(&words, at, beyond)).collect(),
            Staking::groupStakeCall::SELECTOR => vec![damaged(&words, 0, beyond)],
            // Registered or not, and how much.
            Staking::poolOfCall::SELECTOR => {
                let flaws = [(0, U256::ZERO), (0, word(2)), (0, beyond << 44), (1, beyond)];
                flaws.map(|(at, value)| damaged(&words, at, value)).into()
            }
            // The group, of 24 bits.
            Staking::sequencerCall::SELECTOR => {
                let flaws = [U256::ZERO, word(1 << 24), U256::ONE << 128];
                flaws.map(|value| damaged(&words, 6, value)).into()
            }
            Staking::liveCall::SELECTOR => vec![
                list(&[U256::ZERO, word(1)]),
                list(&[word(1), word(1 << 32)]),
                list(&ones),
                damaged(&words, 0, U256::ZERO),
                damaged(&words, 0, word(64)),
                damaged(&words, 1, word(1)),
                damaged(&words, 1, word(3)),
                damaged(&words, 1, U256::ONE << 64),
                damaged(&words, 1, U256::MAX),
            ],
            Staking::poolsCall::SELECTOR => vec![
                list(&[U256::ZERO]),
                list(&[U256::ONE << 160]),
                list(&[U256::from_be_slice(&words[64..]), U256::from_be_slice(&words[64..])]),
                list(&ones[..17]),
                damaged(&words, 0, word(31)),
                damaged(&words, 1, U256::ZERO),
            ],
            Quota::membersOfCall::SELECTOR => vec![
                list(&[]),
                // Without the one that was asked about.
                list(&[word(3)]),
                list(&[word(1), word(2), word(1)]),
                list(&[word(1), word(2), U256::ZERO]),
                list(&[word(1), word(2), word(1 << 24)]),
                list(&ones[..17]),
                damaged(&words, 0, U256::MAX),
            ],
            other => panic!("{other:?} is not asked"),
        };
        for flaw in flaws {
            let mut world = origin.clone();
            world.play(&script.with(&question, flaw.clone()));
            let error = invalid(script.program, &question);
            refuses(&mut world, &honest, &question, &error, &format!("{flaw:?}"));
            tried += 1;
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn figures_that_do_not_go_together_are_no_answer() {
    let (origin, staking, quota) = stage();
    let totals = Staking::totalsCall {}.abi_encode();
    let [all, bonds, pooled] = [45_000, 40_000, 3_000].map(ether);
    let of = |figures: [U256; 3]| {
        let words = figures.into_iter().chain([U256::ZERO; 3]);
        let words = words.flat_map(|word| word.to_be_bytes::<32>()).collect();
        staking.with(&totals, Answer::Words(words))
    };
    let groups = Lens::concentrationCall {}.abi_encode();
    let pools = Lens::poolConcentrationCall {}.abi_encode();
    let one = U256::ONE;
    let outcome = |script: &Script, data: &[u8]| {
        let mut world = origin.clone();
        world.play(script);
        world.chain.send_raw(world.alice, world.lens, data.to_vec()).dry_run()
    };

    for (figures, groups_do, pools_do) in [
        ([all, bonds, pooled], true, true),
        // Groups have more than there is, or less.
        ([all - one, bonds, pooled], false, true),
        ([all + one, bonds, pooled], true, true),
        // More bonds than stake.
        ([all, all + one, pooled], true, false),
        // Pools have less or more than all pools.
        ([all, bonds, pooled + one], true, false),
        ([all, bonds, pooled - one], true, false),
        // Pools have more than is delegated by the rounding of slashes.
        ([all, all - pooled + one, pooled], true, true),
    ] {
        for (data, do_they) in [(&groups, groups_do), (&pools, pools_do)] {
            let outcome = outcome(&of(figures), data);
            let error = invalid(origin.staking, &totals);
            let is_refused = outcome.as_ref().is_err_and(|failure| failure.is(&error));
            assert_eq!((outcome.is_ok(), is_refused), (do_they, !do_they), "{figures:?}");
        }
    }
    // Groups of two caps.
    let [one, two] = [1, 2].map(|group| Quota::membersOfCall { member: word(group) }.abi_encode());
    for lists in [[vec![1], vec![2, 1]], [vec![3, 1], vec![3, 2]], [vec![1], vec![1, 2]]] {
        let [first, second] =
            lists.map(|groups| list(&groups.into_iter().map(word).collect::<Vec<_>>()));
        let script = quota.with(&one, first).with(&two, second);
        let failure = outcome(&script, &groups).unwrap_err();
        assert!(failure.is(&invalid(origin.quota, &one)), "{failure:?}");
    }
}

#[test]
fn a_program_without_code_gives_no_answer() {
    let (origin, ..) = stage();
    let live = Staking::liveCall {}.abi_encode();
    let members = Quota::membersOfCall { member: word(1) }.abi_encode();

    for (program, question) in [(origin.staking, live), (origin.quota, members)] {
        let mut world = origin.clone();
        world.chain.set_code(program, Bytes::new());
        let call = world.chain.send(world.alice, world.lens, Lens::concentrationCall {});
        call.fails_with(invalid(program, &question));
    }
}

#[test]
fn with_little_gas_the_lens_runs_out_of_it_and_blames_nobody() {
    let (mut world, staking, _) = stage();
    let call = Lens::concentrationCall {};
    let honest = world.chain.send(world.alice, world.lens, call.clone()).dry_run().unwrap();
    let mut ran_out = 0;

    for gas in (21_500..honest.gas_used + 5_000).step_by(97) {
        match world.chain.send(world.alice, world.lens, call.clone()).gas(gas).dry_run() {
            Ok(receipt) => assert_eq!(receipt.output, honest.output),
            Err(Failure::OutOfGas { .. } | Failure::Invalid { .. }) => ran_out += 1,
            Err(failure) => panic!("with {gas} gas: {failure:?}"),
        }
    }
    assert!(ran_out > 100, "{ran_out}");

    // Whether a failure tells something is decided by what was left.
    let live = Staking::liveCall {}.abi_encode();
    world.play(&staking.with(&live, Answer::Code(vec![0xfe])));
    let (mut blamed, mut dry) = (0, 0);
    for gas in (GRANTED / 2..GRANTED * 2).step_by(9_973) {
        let outcome = world.chain.send(world.alice, world.lens, call.clone()).gas(gas).dry_run();
        match outcome.unwrap_err() {
            Failure::OutOfGas { .. } if blamed == 0 => dry += 1,
            failure if failure.is(&failed(world.staking, &live)) => blamed += 1,
            failure => panic!("with {gas} gas: {failure:?}"),
        }
    }
    assert!(dry > 20 && blamed > 20, "{dry}, {blamed}");
}
