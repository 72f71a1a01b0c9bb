// Each step does what its word says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/driver/verbs.hpp"
#include "tests/sim/driver/telling.hpp"

namespace sim {
namespace {

using testing::HasSubstr;

void expect_passes(const std::string& story) {
  const CellResult result = tests::play(story);
  EXPECT_TRUE(result.passed()) << story << tests::failures(result);
}

TEST(Steps, EveryWordOfTheVocabularyHasSomebodyWhoDoesIt) {
  for (const Form& form : step_forms()) {
    int found = 0;
    for (const auto verbs :
         {host_verbs(), operator_verbs(), device_verbs(), fault_verbs(), attacker_verbs()}) {
      for (const Verb& verb : verbs) found += verb.name == form.name ? 1 : 0;
    }
    EXPECT_EQ(found, 1) << form.name;
  }
}

TEST(Operators, ListApproveRejectRemoveRotateAndRevoke) {
  expect_passes(
      std::string(tests::kWorld) +
      "set: { bootstrap.silent_pairing: never }\n"
      "steps:\n"
      "  - { do: show_setup_code, as: code }\n"
      "  - { do: show_setup_code, as: other }\n"
      "  - { by: phone, do: scan, what: code }\n"
      "  - { by: tablet, do: scan, what: other, expect: { pending: [phone, tablet] } }\n"
      "  - { by: ann, do: list, as: seen }\n"
      "  - { by: ann, do: approve, of: phone, seen_in: seen, expect: { paired: [ann, phone] } }\n"
      "  - { by: ann, do: reject, of: tablet, expect: { pending: [] } }\n"
      "  - { by: phone, do: retry, expect: { of: phone, session: open } }\n"
      "  - { by: ann, do: rotate, of: phone, as: loot, expect: [{ fact: token_rotated }, { of: "
      "phone, token: kept, works: no }] }\n"
      "  - { by: ann, do: revoke, of: phone, expect: { fact: token_revoked } }\n"
      "  - { by: ann, do: remove, of: phone, expect: { paired: ann } }\n");
}

TEST(Operators, ARequestIsApprovedFromTheFilesAndInAChat) {
  const std::string waiting =
      std::string(tests::kWorld) +
      "set: { bootstrap.silent_pairing: never }\n"
      "steps:\n"
      "  - { do: show_setup_code, as: code }\n"
      "  - { by: phone, do: scan, what: code, expect: { pending: phone } }\n";
  expect_passes(
      waiting +
      "  - { by: ann, do: approve, of: phone, via: files, expect: { paired: [ann, phone] } }\n");
  expect_passes(
      waiting +
      "  - { by: ann, do: approve, latest: yes, via: chat, expect: { paired: [ann, phone] } }\n");
  // Section 12.3: from a messaging channel nobody can approve a request that has a role.
  expect_passes(waiting +
                "  - { by: ann, do: approve, of: phone, via: channel, expect: [{ paired: ann }, { "
                "told: callerScopes-required }] }\n");
}

TEST(Operators, AnApprovalOfSomethingGoneIsRefusedNotSkipped) {
  expect_passes(std::string(tests::kWorld) +
                "set: { bootstrap.silent_pairing: never }\n"
                "steps:\n"
                "  - { do: show_setup_code, as: code }\n"
                "  - { by: phone, do: scan, what: code }\n"
                "  - { by: ann, do: list, as: seen }\n"
                "  - { by: ann, do: reject, of: phone }\n"
                "  - { by: ann, do: approve, of: phone, seen_in: seen, expect: { of: ann, answer: "
                "device.pair.approve, ok: no, message: unknown requestId } }\n");
}

TEST(SetupCodes, AreDroppedOneByOneAndAllAtOnce) {
  expect_passes(
      std::string(tests::kWorld) +
      "steps:\n"
      "  - { do: show_setup_code, as: one }\n"
      "  - { do: show_setup_code, as: two, expect: { codes: 2 } }\n"
      "  - { do: revoke_code, what: one, expect: [{ codes: 1 }, { code: gone, what: one }] }\n"
      "  - { do: cleanup, expect: [{ codes: 0 }, { told: Invalidated 1 unused setup code }] }\n");
}

TEST(SetupCodes, MayHaveAProfileOfTheirOwn) {
  expect_passes(std::string(tests::kWorld) +
                "steps:\n"
                "  - { do: show_setup_code, as: code, roles: node }\n"
                "expect:\n"
                "  - { file: devices/bootstrap.json, at: $code.profile, is: { roles: [node], "
                "scopes: [] } }\n");
}

// threats.md T-3, interleaving B: the command's write brings the spent token back.
TEST(OpenclawQr, RunsInAProcessOfItsOwnThatCanBeHeld) {
  expect_passes(std::string(tests::kWorld) +
                "steps:\n"
                "  - { do: show_setup_code, as: code }\n"
                "  - { hold: rename devices/bootstrap.json, in: second_qr }\n"
                "  - { do: openclaw_qr, as: second }\n"
                "  - { by: phone, do: scan, what: code, expect: { code: gone, what: code } }\n"
                "  - { release: all, expect: { code: unbound, what: code } }\n"
                "breaks: [P5.stays_consumed]\n");
}

TEST(Devices, TrustACertificateByHabitOrByAStep) {
  const std::string world =
      "title: x\nworld: { gateways: [home], devices: { phone: { trust: by_step } } }\n"
      "steps:\n"
      "  - { do: show_setup_code, as: code }\n"
      "  - { by: phone, do: scan, what: code, expect: { of: phone, session: asking } }\n";
  expect_passes(world +
                "  - { by: phone, do: trust_certificate, expect: { of: phone, session: open } }\n");
  expect_passes(
      world +
      "  - { by: phone, do: refuse_certificate, expect: { of: phone, session: closed } }\n");
}

TEST(Devices, OfOtherKindsConnectWithTheSharedSecret) {
  expect_passes(
      "title: x\nworld:\n  gateways: { home: { token: s3cret } }\n"
      "  devices:\n"
      "    laptop: { app: cli, from: local, token: s3cret }\n"
      "    box: { app: node_host, from: local, token: s3cret }\n"
      "    stranger: { app: cli, token: guess }\n"
      "steps:\n"
      "  - { by: laptop, do: connect, expect: { of: laptop, session: open } }\n"
      "  - { by: box, do: launch, expect: { sessions: 1, of: box, role: node } }\n"
      "  - { by: stranger, do: connect, expect: { of: stranger, refusal: AUTH_TOKEN_MISMATCH } }\n"
      "  - { by: laptop, do: quit, expect: { sessions: 0, of: laptop } }\n");
}

TEST(Gateways, StopStartRestartAndDie) {
  expect_passes(tests::onboarded(
      "  - { do: stop, expect: [{ process: stopped }, { of: phone, session: closed }] }\n"
      "  - { do: start, within: 5s, expect: { of: phone, session: open } }\n"
      "  - { do: kill, expect: { of: phone, closed: 1006 } }\n"
      "  - { do: start, within: 5s, expect: { of: phone, session: open } }\n"
      "  - { do: restart, expect: { of: phone, closed: 1012 } }\n"));
}

TEST(Gateways, TwoOnOneDiskSeeEachOther) {
  expect_passes(
      "title: x\nworld:\n  gateways: { home: , away: { disk_of: home } }\n  devices: [phone]\n"
      "steps:\n"
      "  - { do: show_setup_code, as: code, on: away }\n"
      "expect:\n"
      "  - { codes: 1, on: home }\n"
      "  - { code: unbound, what: code }\n");
}

// S-2: a damaged file reads as empty, and the next write makes it so.
TEST(Disks, FilesArePutThereMadeUnreadableAndFull) {
  expect_passes(tests::onboarded(
      "  - { do: put_file, path: devices/pending.json, text: 'garbage' }\n"
      "  - { do: show_setup_code, as: other, expect: { codes: 1 } }\n"
      "  - { do: fill_disk }\n"
      "  - { do: show_setup_code, as: third, expect: [{ codes: 1 }, { fact: store_failed, times: "
      "'>= 0' }] }\n"
      "  - { do: free_disk }\n"
      "  - { do: make_unreadable, path: devices/bootstrap.json }\n"
      "  - { do: show_setup_code, as: fourth, expect: { code: gone, what: other } }\n"
      "  - { do: make_readable, path: devices/bootstrap.json }\n"));
}

TEST(Links, AreCutPausedAndHalfOpen) {
  expect_passes(tests::onboarded(
      "  - { do: cut, of: phone, role: node, expect: { of: phone, closed: 1006 } }\n"
      "  - { wait: 5s, expect: { of: phone, session: open } }\n"
      "  - { do: pause, of: ann, way: up }\n"
      "  - { by: ann, do: call, method: device.pair.list, expect: { of: ann, answer: "
      "device.pair.list, ok: yes, when: { revision: 2026.3.28 } } }\n"
      "  - { do: resume, of: ann }\n"
      "  - { expect: { of: ann, answer: device.pair.list } }\n"
      "  - { do: half_open, of: phone, expect: { of: phone, session: open } }\n"));
  EXPECT_THAT(tests::failures(tests::play(tests::onboarded("  - { do: cut, of: mallory }\n"))),
              HasSubstr("mallory has no connection"));
}

TEST(Attackers, MustLearnASecretBeforeTheyShowIt) {
  const CellResult result =
      tests::play(tests::onboarded("  - { by: mallory, do: present, bootstrap: code }\n"));
  EXPECT_THAT(tests::failures(result),
              HasSubstr("mallory does not know 'code'; photograph or steal it first"));
}

TEST(Attackers, PresentCodesAndStolenTokensOfTheirOwnMaking) {
  expect_passes(std::string(tests::kWorld) +
                "steps:\n"
                "  - { do: show_setup_code, as: code }\n"
                "  - { by: mallory, do: photograph, what: code }\n"
                "  - { by: mallory, do: present, bootstrap: code, expect: [{ of: mallory, session: "
                "open }, { paired: [ann, mallory] }] }\n"
                "  - { by: mallory, do: close, expect: { of: mallory, session: closed } }\n");
  // A device token is worth nothing without the device's key.
  expect_passes(
      tests::onboarded("  - { by: mallory, do: steal, of: phone, as: loot }\n"
                       "  - { by: mallory, do: present, device_token: loot, expect: { of: mallory, "
                       "refusal: AUTH_DEVICE_TOKEN_MISMATCH } }\n"));
}

// gateway.md section 6: the signature covers the first credential present.
TEST(Attackers, AWrongSignatureIsRefusedAndTouchesNothing) {
  expect_passes(
      std::string(tests::kWorld) +
      "steps:\n"
      "  - { do: show_setup_code, as: code }\n"
      "  - { by: mallory, do: photograph, what: code }\n"
      "  - { by: mallory, do: present, bootstrap: code, sign: other, expect: [{ of: mallory, "
      "refusal: DEVICE_AUTH_SIGNATURE_INVALID }, { code: unbound, what: code }] }\n"
      "  - { by: mallory, do: present, bootstrap: code, key_of: phone, expect: { of: mallory, "
      "refusal: DEVICE_AUTH_SIGNATURE_INVALID } }\n");
}

TEST(Attackers, SendAnyBytes) {
  expect_passes(
      std::string(tests::kWorld) +
      "steps:\n"
      "  - { by: mallory, do: open }\n"
      "  - { by: mallory, do: send, text: nonsense, expect: { of: mallory, closed: 1000 } }\n"
      "  - { by: mallory, do: open }\n"
      "  - { by: mallory, do: send, frame: { type: req, id: x, method: health }, expect: { of: "
      "mallory, closed: 1008 } }\n");
}

TEST(Clocks, OfOneHostCanBeStepped) {
  // K: a proof is good for 120,000 ms either way, by the gateway's clock.
  const auto story = [](const char* span) {
    return std::string(tests::kWorld) + "steps:\n  - { do: step_clock, of: phone, span: " + span +
           " }\n  - { do: show_setup_code, as: code }\n  - { by: phone, do: scan, what: code }\n"
           "expect:\n  - { of: phone, session: open }\n";
  };
  expect_passes(story("2m"));
  expect_passes(story("-2m"));
  EXPECT_FALSE(tests::play(story("120001ms")).passed());
  EXPECT_FALSE(tests::play(story("-120001ms")).passed());
}

}  // namespace
}  // namespace sim
