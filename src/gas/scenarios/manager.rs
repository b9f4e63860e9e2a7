//! Operations of the access manager, on a target with a restricted function.

use alloy_primitives::{Address, B256, Bytes, FixedBytes, aliases::U48};
use alloy_sol_types::{SolCall, sol};

use super::super::stage::{Peer, Stage};
use super::{Part, Scenario, scenario};
use crate::account::Account;
use crate::days;
use crate::interfaces::IAccessManager as Manager;

sol! {
    /// The fixture `ManagedJar`.
    interface Jar {
        function tip(bytes32 mark);
        function tap(bytes32 mark);
    }
}

const CURATOR: u64 = 1;
const ATTESTER: u64 = 2;
const GUARDIAN: u64 = 5;
/// Alice's execution delay, in seconds.
const DELAY: u32 = 3_600;

/// Alice is a curator with a delay, Bob an attester without, Carol a guardian.
pub(super) const ALL: &[Scenario] = &[
    scenario("manager: canCall, as a transaction", |stage, manager| {
        let target = stage.jar(manager);
        let selector = Jar::tapCall::SELECTOR.into();
        let call = Manager::canCallCall { caller: stage.bob.address, target, selector };
        stage.tx(stage.bob, manager, call)
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager)
    .within(40_000),
    scenario("manager: schedule", |stage, manager| {
        let target = stage.jar(manager);
        let call = Manager::scheduleCall { target, data: tip(), when: U48::ZERO };
        stage.tx(stage.alice, manager, call)
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager),
    scenario("manager: execute, scheduled", |stage, manager| {
        let target = stage.schedule(manager);
        stage.tx(stage.alice, manager, Manager::executeCall { target, data: tip() })
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager),
    scenario("manager: execute, without delay", |stage, manager| {
        let target = stage.jar(manager);
        stage.tx(stage.bob, manager, Manager::executeCall { target, data: tap() })
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager),
    scenario("manager: cancel", |stage, manager| {
        let target = stage.schedule(manager);
        let caller = stage.alice.address;
        stage.tx(stage.alice, manager, Manager::cancelCall { caller, target, data: tip() })
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager),
    scenario("manager: grantRole", |stage, manager| {
        let account = stage.carol.address;
        let call = Manager::grantRoleCall { roleId: CURATOR, account, executionDelay: DELAY };
        stage.tx(stage.params.admin, manager, call)
    })
    .of(Part::Manager)
    .like(Peer::OzAccessManager),
    scenario("manager: suspend", |stage, manager| {
        stage.jar(manager);
        let (account, duration) = (stage.bob.address, days(1) as u32);
        let call = Manager::suspendCall { roleId: ATTESTER, account, duration };
        stage.tx(stage.carol, manager, call)
    })
    .of(Part::Manager),
];

fn tip() -> Bytes {
    Jar::tipCall { mark: B256::repeat_byte(7) }.abi_encode().into()
}

fn tap() -> Bytes {
    Jar::tapCall { mark: B256::repeat_byte(7) }.abi_encode().into()
}

impl Stage {
    /// A target of a manager, and people with roles.
    fn jar(&mut self, manager: Address) -> Address {
        let jar = self.create("ManagedJar", manager);
        let admin = Account::at(self.params.admin);
        for (role, account, delay) in
            [(CURATOR, self.alice, DELAY), (ATTESTER, self.bob, 0), (GUARDIAN, self.carol, 0)]
        {
            let account = account.address;
            let call = Manager::grantRoleCall { roleId: role, account, executionDelay: delay };
            self.chain.send(admin, manager, call).ok();
        }
        for (selector, role) in
            [(Jar::tipCall::SELECTOR, CURATOR), (Jar::tapCall::SELECTOR, ATTESTER)]
        {
            let selectors = vec![FixedBytes::from(selector)];
            let call = Manager::setTargetFunctionRoleCall { target: jar, selectors, roleId: role };
            self.chain.send(admin, manager, call).ok();
        }
        jar
    }

    /// A target on which Alice has an operation that is due.
    fn schedule(&mut self, manager: Address) -> Address {
        let target = self.jar(manager);
        let call = Manager::scheduleCall { target, data: tip(), when: U48::ZERO };
        self.chain.send(self.alice, manager, call).ok();
        self.chain.advance(u64::from(DELAY));
        target
    }
}
