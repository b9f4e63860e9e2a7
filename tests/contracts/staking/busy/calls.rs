//! A call of every entry of registry, staking and court that goes through in a busy world.

use super::super::kit::*;
use super::{Busy, EXECUTABLE, FREE, IDLE, RUNNING, Ready, VETOABLE, owner_of};
use alloy_primitives::{B256, U256};
use emetis::suite::access::{Entry, Managed};

/// A call of a function that goes through.
pub(crate) fn good(busy: &Busy, program: &Managed, entry: &Entry) -> Ready {
    let found = match program.name {
        "SequencerRegistry" => of_registry(busy, entry.signature),
        "SequencerStaking" => {
            of_operator(busy, entry.signature).or_else(|| of_staking(busy, entry.signature))
        }
        _ => of_court(busy, entry.signature),
    };
    let shared = || (entry.signature == "setAuthority(address)").then(|| authority(busy));
    let cell = || format!("there is no call of {} of {} to try", entry.signature, program.name);
    found.or_else(shared).unwrap_or_else(|| panic!("{}", cell()))
}

/// The authority hands over to itself.
fn authority(busy: &Busy) -> Ready {
    let manager = busy.world.suite.access_manager;
    Ready::new(manager, Staking::setAuthorityCall { newAuthority: manager })
}

fn of_registry(busy: &Busy, signature: &str) -> Option<Ready> {
    let world = &busy.world;
    let (id, operator, rival) = (RUNNING, world.operator, world.rival);
    let plain = world.registration(rival, world.signer);
    let commission = U256::from(10);
    Some(match signature {
        "register(address,bytes32[2],address,uint256,bytes)" => Ready::new(rival, plain).with(BOND),
        "register(address,bytes32[2],address,uint256,bytes,uint256)" => {
            let call = Registry::register_1Call {
                signer: plain.signer,
                key: plain.key,
                rewardRecipient: plain.rewardRecipient,
                commissionBps: plain.commissionBps,
                proof: plain.proof,
                displaced: U256::ZERO,
            };
            Ready::new(rival, call).with(BOND)
        }
        "setSigner(uint256,address,bytes32[2],bytes)" => {
            Ready::new(operator, world.change(id, operator, world.signer))
        }
        "announceCommission(uint256,uint256)" => {
            let call = Registry::announceCommissionCall { id, commissionBps: commission };
            Ready::new(operator, call)
        }
        "applyCommission(uint256)" => Ready::new(operator, Registry::applyCommissionCall { id }),
        "setMaxCommission(uint256)" => {
            Ready::new(world.admin, Registry::setMaxCommissionCall { maxBps: commission })
        }
        _ => return None,
    })
}

/// What operators do, and the programs that know them.
fn of_operator(busy: &Busy, signature: &str) -> Option<Ready> {
    let world = &busy.world;
    let (id, operator) = (RUNNING, world.operator);
    let (registry, someone) = (world.registry, world.keeper.address);
    Some(match signature {
        "open(address,address,uint256,uint256)" => {
            let call = Staking::openCall {
                owner: someone,
                rewardRecipient: someone,
                commissionBps: COMMISSION,
                displaced: U256::ZERO,
            };
            Ready::new(registry, call).with(BOND)
        }
        "increaseBond(uint256)" => {
            Ready::new(operator, Staking::increaseBondCall { id }).with(ether(1))
        }
        "requestBondUnlock(uint256,uint256)" => {
            Ready::new(operator, Staking::requestBondUnlockCall { id, assets: ether(1) })
        }
        "exit(uint256)" => Ready::new(operator, Staking::exitCall { id }),
        "eject(uint256)" => Ready::new(world.keeper, Staking::ejectCall { id: IDLE }),
        "unjail(uint256)" => Ready::new(owner_of(FREE), Staking::unjailCall { id: FREE }),
        "setOwner(uint256,address)" => {
            Ready::new(operator, Staking::setOwnerCall { id, newOwner: someone })
        }
        "acceptOwner(uint256)" => Ready::new(world.rival, Staking::acceptOwnerCall { id }),
        "setRewardRecipient(uint256,address)" => {
            let call = Staking::setRewardRecipientCall { id, rewardRecipient: someone };
            Ready::new(operator, call)
        }
        "setCommission(uint256,uint256)" => {
            let call = Staking::setCommissionCall { id, commissionBps: U256::from(10) };
            Ready::new(registry, call)
        }
        "recordChange(uint256)" => Ready::new(registry, Staking::recordChangeCall { id }),
        "claimCommission(uint256,address)" => {
            Ready::new(operator, Staking::claimCommissionCall { id, receiver: someone })
        }
        _ => return None,
    })
}

fn of_staking(busy: &Busy, signature: &str) -> Option<Ready> {
    let world = &busy.world;
    let (id, alice, court) = (RUNNING, world.alice, world.court);
    let (receiver, admin, curator) = (world.keeper.address, world.admin, world.curator);
    let one = ether(1);
    Some(match signature {
        "accrue(uint256)" => Ready::new(world.keeper, Staking::accrueCall { id }),
        "delegate(uint256)" => Ready::new(alice, Staking::delegateCall { id }).with(one),
        "undelegate(uint256,uint256)" => {
            Ready::new(alice, Staking::undelegateCall { id, shares: one })
        }
        "claimUnlocked(uint256,uint256[],address)" => {
            Ready::new(alice, claim_of(id, busy.bucket, receiver))
        }
        "notifyRewards(uint256[],uint256[])" => {
            let call = Staking::notifyRewardsCall { ids: vec![id], amounts: vec![one] };
            Ready::new(world.suite.distributor, call).with(one)
        }
        "claimRewards(uint256[],address)" => {
            Ready::new(alice, Staking::claimRewardsCall { ids: vec![id], receiver })
        }
        "hold(uint256,uint256,uint256,uint256,uint256)" => {
            let (bps, now) = (U256::from(100), world.now());
            let until = now + U256::from(days(9));
            let call = Staking::holdCall { id, bps, faultTime: now, until, jailedUntil: until };
            Ready::new(court, call)
        }
        "release(uint256,bool)" => {
            Ready::new(court, Staking::releaseCall { id: VETOABLE, free: true })
        }
        "take(uint256)" => Ready::new(court, Staking::takeCall { id: EXECUTABLE }),
        "forwardSlashed()" => Ready::new(world.keeper, Staking::forwardSlashedCall {}),
        "registerPool(address)" => {
            Ready::new(curator, Staking::registerPoolCall { pool: busy.newcomer })
        }
        "removePool(address)" => {
            Ready::new(curator, Staking::removePoolCall { pool: busy.empty_pool })
        }
        "setThresholds(uint256,uint256)" => {
            let call = Staking::setThresholdsCall { activationThreshold: BOND, maxLock: BOND };
            Ready::new(admin, call)
        }
        "setBondRules(uint256,uint256)" => {
            let call = Staking::setBondRulesCall { minBond: one, minBondBps: U256::ZERO };
            Ready::new(admin, call)
        }
        "setUnbondingPeriod(uint256)" => {
            let period = U256::from(days(7));
            Ready::new(admin, Staking::setUnbondingPeriodCall { period })
        }
        "setQuota(address)" => Ready::new(admin, Staking::setQuotaCall { quota: busy.newcomer }),
        "sweep(address)" => Ready::new(world.treasury, Staking::sweepCall { receiver }),
        _ => return None,
    })
}

fn of_court(busy: &Busy, signature: &str) -> Option<Ready> {
    let world = &busy.world;
    let (keeper, day) = (world.keeper, U256::from(days(1)));
    Some(match signature {
        "proposeSlash(uint256,uint256,uint256,bytes32)" => {
            let evidence = B256::repeat_byte(0xee);
            Ready::new(world.slasher, world.proposal(RUNNING, MAX_SLASH, evidence))
        }
        "veto(uint256)" => Ready::new(world.vetoer, Court::vetoCall { proposal: busy.vetoable }),
        "execute(uint256)" => Ready::new(keeper, Court::executeCall { proposal: busy.executable }),
        "lapse(uint256)" => Ready::new(keeper, Court::lapseCall { proposal: busy.over }),
        "settle(address)" => Ready::new(keeper, Court::settleCall { pool: world.pool }),
        "setTimes(uint256,uint256,uint256)" => {
            let call = Court::setTimesCall { vetoWindow: day, executeGrace: day, maxJail: day };
            Ready::new(world.admin, call)
        }
        "setMaxSlash(uint256)" => {
            Ready::new(world.admin, Court::setMaxSlashCall { maxBps: U256::ONE })
        }
        _ => return None,
    })
}
