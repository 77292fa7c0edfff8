// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a campaign cannot be planned, run or read: the file or folder, the rule and what to do.
public struct CampaignError: Error, Hashable, CustomStringConvertible {
  /// The file or the folder.
  public let place: String
  /// What is wrong with it, and what to do.
  public let problem: String

  /// That `problem` is in the way at `place`.
  public init(_ place: String, _ problem: String) { (self.place, self.problem) = (place, problem) }

  /// Place and problem.
  public var description: String { "\(place): \(problem)" }
}
