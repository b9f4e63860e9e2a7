//! Telling pools, and pools that do not want to be told.

use super::super::kit::*;
use super::propose::PART;
use alloy_primitives::{Address, Bytes, U256};

/// Ways of a pool to take a push badly.
const BAD: [Mode; 4] = [Mode::Refuse, Mode::Silent, Mode::BurnGas, Mode::Bomb];

/// What a proposal comes to: executed, vetoed, lapsed.
const ENDS: [fn(&mut World, U256); 3] = [
    |world, proposal| {
        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);
    },
    |world, proposal| {
        world.veto(proposal);
    },
    |world, proposal| {
        world.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
        world.lapse(proposal);
    },
];

#[test]
pub(crate) fn a_pool_that_refuses_stops_nothing_and_changes_nothing() {
    for end in ENDS {
        let (mut honest, id) = running();
        let proposal = honest.propose(id, MAX_SLASH, EVIDENCE);
        end(&mut honest, proposal);

        for mode in BAD {
            let (mut world, id) = running();
            world.turn_pool(mode);
            let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
            end(&mut world, proposal);

            assert_eq!(world.storage(), honest.storage(), "{mode:?}");
            assert_eq!(world.told(), (U256::ZERO, U256::ZERO));
        }
    }
}

#[test]
fn a_push_that_failed_is_told_and_repeated_by_anyone() {
    let (mut world, id) = running();
    let (pool, court, keeper) = (world.pool, world.court, world.keeper);
    let (provisioned, realised) = (ether(PART), U256::ZERO);

    for mode in BAD {
        world.turn_pool(mode);
        let mut world = world.clone();
        let call = world.proposal(id, MAX_SLASH, EVIDENCE);
        let receipt = world.chain.send(world.slasher, court, call).ok();
        receipt.emitted(Court::LossPushFailed { pool, provisioned, realised });
        assert_eq!(receipt.events::<Court::LossPushed>().len(), 0);

        let settle = Court::settleCall { pool };
        let refused = Court::PushFailed { pool };
        world.chain.send(keeper, court, settle.clone()).fails_with(refused);
        world.turn_pool(Mode::Take);
        let receipt = world.chain.send(keeper, court, settle).ok();

        receipt.emitted(Court::LossPushed { pool, provisioned, realised });
        assert_eq!(world.told(), world.loss());
    }
}

#[test]
fn levels_come_as_often_as_anyone_likes() {
    let (mut world, id) = running();
    world.propose(id, MAX_SLASH, EVIDENCE);
    let settle = Court::settleCall { pool: world.pool };

    for _ in 0..3 {
        world.chain.send(world.keeper, world.court, settle.clone()).ok();
    }

    assert_eq!(world.told(), (ether(PART), U256::ZERO));
    let pushes = world.chain.view(world.pool, IPool::pushesCall {});
    assert_eq!(pushes, U256::from(4));
}

#[test]
fn who_is_no_pool_has_lost_nothing() {
    let (mut world, id) = running();
    world.propose(id, MAX_SLASH, EVIDENCE);
    let stranger = create(&mut world.chain, "Pool");

    world.chain.send(world.keeper, world.court, Court::settleCall { pool: stranger }).ok();

    let told = world.chain.view(stranger, IPool::provisionedCall {});
    let pushes = world.chain.view(stranger, IPool::pushesCall {});
    assert_eq!((told, pushes), (U256::ZERO, U256::ONE));
    let pool = Address::repeat_byte(1);
    let loss = world.chain.view(world.court, Court::lossOfCall { pool });
    assert_eq!((loss.provisioned, loss.realised), (U256::ZERO, U256::ZERO));
}

/// What the pool's call back came to.
fn called_back(world: &World) -> (bool, Bytes) {
    (
        world.chain.view(world.pool, IPool::okCall {}),
        world.chain.view(world.pool, IPool::retCall {}),
    )
}

#[test]
pub(crate) fn a_pool_re_enters_no_entry_of_the_court() {
    let (mut honest, id) = running();
    let proposal = honest.propose(id, MAX_SLASH, EVIDENCE);
    honest.chain.advance(VETO_WINDOW);
    honest.execute(proposal);
    let (proposal, zero) = (U256::ONE, U256::ZERO);
    let pool = honest.pool;
    let payloads = [
        encoded(&honest.proposal(id, U256::ONE, OTHER_EVIDENCE)),
        encoded(&Court::vetoCall { proposal }),
        encoded(&Court::executeCall { proposal }),
        encoded(&Court::lapseCall { proposal }),
        encoded(&Court::settleCall { pool }),
        encoded(&Court::setTimesCall { vetoWindow: zero, executeGrace: zero, maxJail: zero }),
        encoded(&Court::setMaxSlashCall { maxBps: zero }),
        encoded(&Court::setAuthorityCall { newAuthority: pool }),
    ];

    for payload in payloads {
        let (mut world, id) = running();
        world.turn_pool(Mode::Reenter);
        let aim = IPool::aimCall { target: world.court, payload: payload.clone() };
        world.chain.send(world.keeper, world.pool, aim).ok();
        let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
        let selector = payload.first_chunk::<4>().copied().unwrap().into();
        let refused = encoded_error(&Court::ReentryRefused { selector });
        assert_eq!(called_back(&world), (false, refused.clone()));
        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);

        assert_eq!(called_back(&world), (false, refused));
        assert_eq!(world.storage(), honest.storage());
        assert_eq!(world.told(), honest.told());
    }
}

fn encoded_error(error: &impl alloy_sol_types::SolError) -> Bytes {
    error.abi_encode().into()
}

#[test]
fn views_tell_the_truth_while_a_pool_is_told() {
    let (mut world, id) = running();
    world.turn_pool(Mode::Reenter);
    let payload = encoded(&Court::lossOfCall { pool: world.pool });
    let aim = IPool::aimCall { target: world.court, payload };
    world.chain.send(world.keeper, world.pool, aim).ok();

    world.propose(id, MAX_SLASH, EVIDENCE);

    let levels = [ether(PART), U256::ZERO].map(|level| level.to_be_bytes::<32>()).concat();
    assert_eq!(called_back(&world), (true, levels.into()));
}

#[test]
fn a_pool_leaves_in_the_middle_and_dodges_nothing() {
    let (mut honest, id) = running();
    let proposal = honest.propose(id, MAX_SLASH, EVIDENCE);
    honest.chain.advance(VETO_WINDOW);
    honest.execute(proposal);

    let (mut world, id) = running();
    world.turn_pool(Mode::Reenter);
    let payload = encoded(&Staking::undelegateCall { id, shares: ether(20_000) });
    let aim = IPool::aimCall { target: world.staking, payload };
    world.chain.send(world.keeper, world.pool, aim).ok();
    let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
    assert!(called_back(&world).0, "leaving is open to it");
    world.turn_pool(Mode::Take);
    world.chain.advance(VETO_WINDOW);
    world.execute(proposal);

    assert_eq!(world.loss(), honest.loss());
}

#[test]
fn a_push_gets_all_its_gas_whatever_was_stored_before_it() {
    /// What a pool gets, exactly.
    const PUSH_GAS: u64 = 300_000;
    /// Steps of gas, and from how far below what suffices.
    const STEP: usize = 500;
    const BELOW: u64 = 60_000;
    let (world, id) = running();
    let call = world.proposal(id, MAX_SLASH, EVIDENCE);
    let needs = |gas: u64| {
        let mut world = world.clone();
        let sent = world.chain.send(world.slasher, world.court, call.clone()).gas(gas).run();
        sent.ok().map(|_| world.chain.view(world.pool, IPool::gasGivenCall {}))
    };
    let enough = (1..).map(|count| count * 50_000).find(|gas| needs(*gas).is_some()).unwrap();
    let least = U256::from(PUSH_GAS - 1_000);

    for gas in (enough - BELOW..enough + BELOW).step_by(STEP) {
        if let Some(given) = needs(gas) {
            assert!(given >= least, "with {gas} gas a pool got {given}");
        }
    }
}
