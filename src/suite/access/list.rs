//! The list.

use super::{Access, Entry, Managed, Role};

/// Every program that the suite's authority manages, and the access manager itself.
pub const PROGRAMS: &[Managed] = &[
    Managed {
        name: "LiquidStaking",
        address: |suite| suite.liquid_staking,
        entries: &[
            anyone("deposit(address,bytes32)").pausable(),
            anyone("depositAndStake(address,uint256,bytes32)").pausable(),
            anyone("redeemNow(uint256,uint256,address)"),
            only("fill(uint256,uint256)", "queue"),
            only("place(uint256)", "allocator"),
            only("receiveUnbonded()", "allocator"),
            only("receiveBacking()", "allocator"),
            only("settle(uint256,uint256,uint256)", "allocator"),
            only("collectFees(address)", "allocator"),
            only("receiveRewards(address)", "allocator"),
            role("sweep(address)", Role::Treasury),
            only("burn(uint256)", "vault"),
            role("setRedemption(uint256,uint256)", Role::Admin),
            only("setAuthority(address)", "authority"),
            role("pause(uint32)", Role::Guardian),
            role("unpause()", Role::Guardian),
            anyone("transfer(address,uint256)"),
            anyone("approve(address,uint256)"),
            anyone("transferFrom(address,address,uint256)"),
            anyone("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"),
            anyone("permit(address,address,uint256,uint256,bytes)"),
        ],
    },
    Managed {
        name: "StakedMetis",
        address: |suite| suite.staked_metis,
        entries: &[
            anyone("deposit(uint256,address)").pausable(),
            anyone("mint(uint256,address)").pausable(),
            anyone("withdraw(uint256,address,address)"),
            anyone("redeem(uint256,address,address)"),
            anyone("redeem(uint256,address,address,uint256)"),
            only("receiveDeposit(uint256,address,uint256)", "hub").pausable(),
            only("notify(uint256)", "pool"),
            only("settle(uint256,uint256)", "pool"),
            role("sweep(address)", Role::Treasury),
            only("setAuthority(address)", "authority"),
            role("pause(uint32)", Role::Guardian),
            role("unpause()", Role::Guardian),
            anyone("transfer(address,uint256)"),
            anyone("approve(address,uint256)"),
            anyone("transferFrom(address,address,uint256)"),
            anyone("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"),
            anyone("permit(address,address,uint256,uint256,bytes)"),
        ],
    },
    Managed {
        name: "RedemptionQueue",
        address: |suite| suite.redemption_queue,
        entries: &[
            anyone("requestRedeem(uint256,address)"),
            anyone("requestRedeemWithPermit(uint256,address,uint256,uint8,bytes32,bytes32)"),
            anyone("requestRedeems(uint256[],address)"),
            anyone("cancel(uint256,address)"),
            anyone("finalize(uint256,uint256)"),
            only("receiveFill()", "hub"),
            anyone("claim(uint256,address)"),
            anyone("claims(uint256[],address)"),
            anyone("transferFrom(address,address,uint256)"),
            anyone("safeTransferFrom(address,address,uint256)"),
            anyone("safeTransferFrom(address,address,uint256,bytes)"),
            anyone("approve(address,uint256)"),
            anyone("setApprovalForAll(address,bool)"),
            role("setBatchLength(uint256)", Role::Admin),
            role("sweep(address)", Role::Treasury),
            only("setAuthority(address)", "authority"),
        ],
    },
    Managed {
        name: "AccessManager",
        address: |suite| suite.access_manager,
        entries: &[
            own("labelRole(uint64,string)", Role::Admin),
            own("grantRole(uint64,address,uint32)", Role::Admin),
            own("revokeRole(uint64,address)", Role::Admin),
            anyone("renounceRole(uint64,address)"),
            own("setRoleAdmin(uint64,uint64)", Role::Admin),
            own("setRoleGuardian(uint64,uint64)", Role::Admin),
            own("setGrantDelay(uint64,uint32)", Role::Admin),
            own("suspend(uint64,address,uint32)", Role::Guardian),
            own("endSuspension(uint64,address)", Role::Guardian),
            own("setTargetFunctionRole(address,bytes4[],uint64)", Role::Admin),
            own("setTargetAdminDelay(address,uint32)", Role::Admin),
            own("setTargetClosed(address,bool)", Role::Admin),
            own("updateAuthority(address,address)", Role::Admin),
            only("schedule(address,bytes,uint48)", "whoever may call the target later"),
            only("execute(address,bytes)", "whoever may call the target"),
            only("cancel(address,address,bytes)", "the proposer, ADMIN"),
            only("consumeScheduledOp(address,bytes)", "a target"),
            anyone("multicall(bytes[])"),
        ],
    },
    Managed {
        name: "SequencerRegistry",
        address: |suite| suite.sequencer_registry,
        entries: &[
            anyone("register(address,bytes32[2],address,uint256,bytes)").pausable(),
            anyone("register(address,bytes32[2],address,uint256,bytes,uint256)").pausable(),
            only("setSigner(uint256,address,bytes32[2],bytes)", OWNER),
            only("announceCommission(uint256,uint256)", OWNER),
            only("applyCommission(uint256)", OWNER),
            role("setMaxCommission(uint256)", Role::Admin),
            only("setAuthority(address)", "authority"),
        ],
    },
    Managed {
        name: "SequencerStaking",
        address: |suite| suite.sequencer_staking,
        entries: &[
            only("open(address,address,uint256,uint256)", "registry").pausable(),
            only("increaseBond(uint256)", OWNER),
            only("requestBondUnlock(uint256,uint256)", OWNER),
            only("exit(uint256)", OWNER),
            Entry::new(
                "eject(uint256)",
                Access::Sooner(Role::Curator, "anyone after 30 idle days"),
            ),
            only("unjail(uint256)", OWNER),
            only("setOwner(uint256,address)", OWNER),
            only("acceptOwner(uint256)", "whom the owner proposed"),
            only("setRewardRecipient(uint256,address)", OWNER),
            only("setCommission(uint256,uint256)", "registry"),
            only("recordChange(uint256)", "registry"),
            anyone("accrue(uint256)"),
            anyone("delegate(uint256)").pausable(),
            anyone("undelegate(uint256,uint256)"),
            anyone("claimUnlocked(uint256,uint256[],address)"),
            only("notifyRewards(uint256[],uint256[])", "distributor"),
            anyone("claimRewards(uint256[],address)"),
            only("claimCommission(uint256,address)", "the sequencer's owner, its recipient"),
            only("hold(uint256,uint256,uint256,uint256,uint256)", "court"),
            only("release(uint256,bool)", "court"),
            only("take(uint256)", "court"),
            anyone("forwardSlashed()"),
            role("registerPool(address)", Role::Curator),
            role("removePool(address)", Role::Curator),
            role("setThresholds(uint256,uint256)", Role::Admin),
            role("setBondRules(uint256,uint256)", Role::Admin),
            role("setUnbondingPeriod(uint256)", Role::Admin),
            role("setQuota(address)", Role::Admin),
            role("pause(uint32)", Role::Guardian),
            role("unpause()", Role::Guardian),
            role("sweep(address)", Role::Treasury),
            only("setAuthority(address)", "authority"),
        ],
    },
    Managed {
        name: "SlashingCourt",
        address: |suite| suite.slashing_court,
        entries: &[
            role("proposeSlash(uint256,uint256,uint256,bytes32)", Role::Slasher),
            role("veto(uint256)", Role::Vetoer),
            anyone("execute(uint256)"),
            anyone("lapse(uint256)"),
            anyone("settle(address)"),
            role("setTimes(uint256,uint256,uint256)", Role::Admin),
            role("setMaxSlash(uint256)", Role::Admin),
            only("setAuthority(address)", "authority"),
        ],
    },
    Managed {
        name: "SequencerQuota",
        address: |suite| suite.quota,
        entries: &[
            role("setScores(uint256,uint256,uint256)", Role::Curator),
            only("recordBatch(uint256[],uint256[],uint256[])", "distributor"),
            anyone("recordSlash(uint256)"),
            role("setGrant(address,uint256,uint256)", Role::Curator),
            role("setPoolCap(address,uint256)", Role::Curator),
            role("setLimits(uint256,uint256,uint256,uint256,uint256,uint256,uint256)", Role::Admin),
            role(
                "lowerLimits(uint256,uint256,uint256,uint256,uint256,uint256,uint256)",
                Role::Curator,
            ),
            role("group(uint256,uint256)", Role::Curator),
            role("split(uint256)", Role::Curator),
            only("draw(uint256,uint256)", "a registered pool"),
            only("setAuthority(address)", "authority"),
        ],
    },
];

/// Who runs a sequencer.
const OWNER: &str = "the sequencer's owner";

const fn anyone(signature: &'static str) -> Entry {
    Entry::new(signature, Access::Anyone)
}

const fn role(signature: &'static str, role: Role) -> Entry {
    Entry::new(signature, Access::Role(role))
}

const fn own(signature: &'static str, role: Role) -> Entry {
    Entry::new(signature, Access::Own(role))
}

const fn only(signature: &'static str, who: &'static str) -> Entry {
    Entry::new(signature, Access::Only(who))
}
