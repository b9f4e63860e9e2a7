// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {LeanStakingHub} from "fixtures/LeanStakingHub.sol";
import {LeanVault} from "fixtures/LeanVault.sol";

/// @notice What of forge's cheat codes is used.
interface Vm {
    function prank(address sender) external;
    function deal(address account, uint256 balance) external;
    function warp(uint256 time) external;
}

/// @title Handler
/// @notice The actions of the campaign, by four actors. None reverts: amounts are brought within
/// what goes through, and an action that cannot be done now does nothing.
contract Handler {
    Vm private constant VM = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    /// @dev The most of one deposit: no campaign passes the width of the supply.
    uint256 private constant MOST = 10_000 ether;

    LeanStakingHub public immutable hub;
    LeanVault public immutable vault;
    address public immutable pool;
    address[4] public actors;

    /// @notice eMETIS given to the vault for nothing.
    uint256 public donated;
    /// @notice Whether the last action was a loss.
    bool public lost;
    /// @notice What shares stood for before the last action, and how many there were, with the
    /// virtual ones.
    uint256 public assetsBefore;
    uint256 public sharesBefore;

    constructor(LeanStakingHub hub_, LeanVault vault_, address pool_) {
        (hub, vault, pool) = (hub_, vault_, pool_);
        sharesBefore = 1e6;
        for (uint160 index = 0; index < 4; index++) {
            actors[index] = address(0xa11ce + index);
            VM.prank(actors[index]);
            hub.approve(address(vault), type(uint256).max);
        }
        VM.prank(pool);
        hub.approve(address(vault), type(uint256).max);
    }

    modifier action(bool loses) {
        lost = loses;
        (assetsBefore, sharesBefore) = (vault.totalAssets() + 1, vault.totalSupply() + 1e6);
        _;
    }

    // ---------------------------------------------------------------------------------- the hub

    function deposit(uint256 who, uint256 assets) external action(false) {
        give(actor(who), bound(assets, 1, MOST));
    }

    function depositAndStake(uint256 who, uint256 to, uint256 assets) external action(false) {
        assets = bound(assets, 1, MOST);
        if (assets > vault.maxDeposit(actor(to))) return;
        uint256 expected = vault.previewDeposit(assets);
        if (expected == 0) return;
        VM.deal(actor(who), assets);
        VM.prank(actor(who));
        uint256 shares = hub.depositAndStake{value: assets}(actor(to), expected, 0);
        require(shares == expected, "depositAndStake gives what is told");
    }

    function transfer(uint256 who, uint256 to, uint256 value) external action(false) {
        address from = actor(who);
        value = bound(value, 0, hub.balanceOf(from));
        VM.prank(from);
        hub.transfer(actor(to), value);
    }

    function transferFrom(uint256 who, uint256 from, uint256 to, uint256 value) external action(false) {
        address owner = actor(from);
        value = bound(value, 0, hub.balanceOf(owner));
        VM.prank(owner);
        hub.approve(actor(who), value);
        VM.prank(actor(who));
        hub.transferFrom(owner, actor(to), value);
        VM.prank(owner);
        hub.approve(address(vault), type(uint256).max);
    }

    function donate(uint256 who, uint256 value) external action(false) {
        address from = actor(who);
        value = bound(value, 0, hub.balanceOf(from) / 100);
        donated += value;
        VM.prank(from);
        hub.transfer(address(vault), value);
    }

    // -------------------------------------------------------------------------------- the vault

    function stake(uint256 who, uint256 to, uint256 assets) external action(false) {
        address from = actor(who);
        assets = bound(assets, 0, hub.balanceOf(from));
        uint256 expected = vault.previewDeposit(assets);
        if (expected == 0 || assets > vault.maxDeposit(actor(to))) return;
        VM.prank(from);
        require(vault.deposit(assets, actor(to)) == expected, "deposit gives what is told");
    }

    function mint(uint256 who, uint256 to, uint256 shares) external action(false) {
        address from = actor(who);
        shares = bound(shares, 0, vault.previewDeposit(hub.balanceOf(from)));
        if (shares == 0 || shares > vault.maxMint(actor(to))) return;
        uint256 expected = vault.previewMint(shares);
        VM.prank(from);
        require(vault.mint(shares, actor(to)) == expected, "mint takes what is told");
    }

    function withdraw(uint256 who, uint256 to, uint256 assets) external action(false) {
        address owner = actor(who);
        assets = bound(assets, 0, vault.maxWithdraw(owner));
        if (assets == 0) return;
        uint256 expected = vault.previewWithdraw(assets);
        VM.prank(owner);
        require(vault.withdraw(assets, actor(to), owner) == expected, "withdraw takes what is told");
    }

    function redeem(uint256 who, uint256 to, uint256 shares) external action(false) {
        address owner = actor(who);
        shares = bound(shares, 0, vault.maxRedeem(owner));
        uint256 expected = vault.previewRedeem(shares);
        if (expected == 0) return;
        VM.prank(owner);
        require(vault.redeem(shares, actor(to), owner) == expected, "redeem gives what is told");
    }

    function redeemOfAnother(uint256 who, uint256 from, uint256 shares) external action(false) {
        address owner = actor(from);
        shares = bound(shares, 0, vault.maxRedeem(owner));
        uint256 expected = vault.previewRedeem(shares);
        if (expected == 0) return;
        VM.prank(owner);
        vault.approve(actor(who), shares);
        VM.prank(actor(who));
        vault.redeem(shares, actor(who), owner, expected);
    }

    function transferShares(uint256 who, uint256 to, uint256 value) external action(false) {
        address from = actor(who);
        value = bound(value, 0, vault.balanceOf(from));
        VM.prank(from);
        vault.transfer(actor(to), value);
    }

    // --------------------------------------------------------------------------------- the pool

    function notify(uint256 assets) external action(false) {
        (,, uint256 next) = vault.stream();
        (,,,, uint256 provision) = vault.totals();
        if (block.timestamp < next || provision != 0) return;
        assets = bound(assets, 1, MOST);
        give(pool, assets);
        VM.prank(pool);
        vault.notify(assets);
    }

    function settle(uint256 loss, uint256 pending) external action(true) {
        (uint256 ledger,,,,) = vault.totals();
        loss = bound(loss, 0, ledger / 50);
        // Most proposals are lifted or recognised by the next call.
        pending = pending % 4 == 0 ? bound(pending, 0, (ledger - loss) / 20) : 0;
        VM.prank(pool);
        vault.settle(loss, pending);
    }

    function wait(uint256 time) external action(false) {
        VM.warp(block.timestamp + bound(time, 1, 3 days));
    }

    // -------------------------------------------------------------------------------- in common

    function give(address receiver, uint256 assets) private {
        VM.deal(receiver, assets);
        VM.prank(receiver);
        hub.deposit{value: assets}(receiver, 0);
    }

    function actor(uint256 who) private view returns (address) {
        return actors[who % 4];
    }

    /// @dev A number between two, ends included; numbers that are between stay.
    function bound(uint256 number, uint256 least, uint256 most) private pure returns (uint256) {
        if (number >= least && number <= most) return number;
        return least + number % (most - least + 1);
    }
}
