// SPDX-License-Identifier: MIT
import CoverageGuidance
import DeepBugs
import ForAll
import PropertyTesting
import Testing

/// `CCH_COVERAGE=1 swift test` finds the bug, `swift test` does not.
@Suite(.guidedByCoverage, .checks(cases: 200_000, keepsExamples: false)) struct PictureTests {
  @Test func everyPixelHasAColour() async {
    await withKnownIssue(isIntermittent: !GuidanceTrait.isAskedFor) {
      await forAll(Generator<UInt8>.integer().array(count: 0...40)) { bytes in
        guard let picture = try? Picture(bytes) else { return }
        #expect(picture.isComplete)
      }
    }
  }

  @Test func settingsComeBack() async {
    await withKnownIssue(isIntermittent: !GuidanceTrait.isAskedFor) {
      await forAll(Generator<String>.string(of: .ascii, count: 0...40)) { text in
        guard let settings = try? SettingsText(text) else { return }
        #expect((try? SettingsText(settings.text)) == settings)
      }
    }
  }
}
