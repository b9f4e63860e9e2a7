//! An authority that misbehaves.

use super::super::kit::*;
use alloy_primitives::U256;
use emetis::interfaces::IAccessManager as Manager;

/// Bytes that a hostile authority answers with.
const SIZE: U256 = U256::from_limbs([1_000, 0, 0, 0]);

/// Every way of a hostile authority to answer.
const TURNS: [Turn; 6] =
    [Turn::Silent, Turn::Junk, Turn::BurnGas, Turn::Flood, Turn::Empty, Turn::Typed];

/// The authority of all three programs becomes a hostile one.
fn usurped(world: &mut World, turn: Turn) {
    let hostile = create(&mut world.chain, "Hostile");
    let call = IHostile::turnCall { mode: turn as u8, size: SIZE };
    world.chain.send(world.keeper, hostile, call).ok();
    let manager = world.suite.access_manager;
    for target in [world.registry, world.staking, world.court] {
        let update = Court::setAuthorityCall { newAuthority: hostile };
        world.chain.send(Account::at(manager), target, update).ok();
    }
}

#[test]
fn proposals_end_whatever_the_authority_does() {
    for turn in TURNS {
        let (mut world, id) = running();
        let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
        usurped(&mut world, turn);
        let mut other = world.clone();

        world.chain.advance(VETO_WINDOW);
        world.execute(proposal);
        other.chain.advance(VETO_WINDOW + EXECUTE_GRACE);
        other.lapse(proposal);
        other.chain.send(other.keeper, other.court, Court::settleCall { pool: other.pool }).ok();

        assert_eq!(world.state(proposal), Court::State::Executed, "{turn:?}");
        assert_eq!(other.state(proposal), Court::State::Lapsed, "{turn:?}");
    }
}

#[test]
fn nobody_proposes_or_vetoes_by_an_authority_that_answers_junk() {
    for turn in TURNS {
        let (mut world, id) = running();
        let proposal = world.propose(id, MAX_SLASH, EVIDENCE);
        usurped(&mut world, turn);

        let caller = world.vetoer.address;
        let refused = Court::AccessManagedUnauthorized { caller };
        world
            .chain
            .send(world.vetoer, world.court, Court::vetoCall { proposal })
            .fails_with(refused);
        let call = world.proposal(id, MAX_SLASH, OTHER_EVIDENCE);
        let refused = Court::AccessManagedUnauthorized { caller: world.slasher.address };
        world.chain.send(world.slasher, world.court, call).fails_with(refused);
    }
}

#[test]
fn operators_work_whatever_the_authority_does() {
    for turn in TURNS {
        let mut world = world();
        usurped(&mut world, turn);

        let id = world.register(world.operator, world.signer, BOND);
        world.chain.advance(WEEK);
        let call = world.change(id, world.operator, world.other_signer);
        world.chain.send(world.operator, world.registry, call).ok();
        let cut = Registry::announceCommissionCall { id, commissionBps: U256::ZERO };
        world.chain.send(world.operator, world.registry, cut).ok();
    }
}

#[test]
fn only_the_authority_names_another() {
    let mut world = world();
    let manager = world.suite.access_manager;

    for target in [world.registry, world.court] {
        let update = Court::setAuthorityCall { newAuthority: world.pool };
        let refused = Court::AccessManagedUnauthorized { caller: world.admin.address };
        world.chain.send(world.admin, target, update.clone()).fails_with(refused);
        let nobody = Court::setAuthorityCall { newAuthority: world.alice.address };
        let refused = Court::AccessManagedInvalidAuthority { authority: world.alice.address };
        world.chain.send(Account::at(manager), target, nobody).fails_with(refused);

        let by_manager = Manager::updateAuthorityCall { target, newAuthority: world.pool };
        let receipt = world.chain.send(world.admin, manager, by_manager).ok();

        receipt.emitted(Court::AuthorityUpdated { authority: world.pool });
        assert_eq!(world.chain.view(target, Court::authorityCall {}), world.pool);
    }
}
