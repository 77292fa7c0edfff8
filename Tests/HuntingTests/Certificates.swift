// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Foundation
import TestSupport

/// The certificate that is kept of a false claim; nil of a true one.
func certificate(of claim: any Claim) throws -> ProblemFile? {
  try claim.certificatePath.map { try ProblemFile(Data(contentsOf: fixtures.appendingPathComponent($0))) }
}
