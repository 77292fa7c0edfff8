// SPDX-License-Identifier: GPL-3.0-or-later
/// What a program may use up before it is ended or given up.
public struct ProgramLimits: Sendable, Hashable {
  /// How long it may take to answer `start`.
  public var start: Duration = .seconds(30)
  /// How long it may go without answering any of the requests that it was sent.
  public var answer: Duration = .seconds(10)
  /// How long a line that seems to be meant as an answer and is none may go without a right one after it.
  public var correction: Duration = .seconds(2)
  /// How long it may take to exit after `stop`.
  public var stop: Duration = .seconds(5)
  /// How long the whole run may take; nil for no limit.
  public var total: Duration?
  /// How many requests it is sent ahead of its answers.
  public var mostInFlight = 32
  /// How often it is started again after it ended by itself.
  public var restarts = 200
  /// On how many requests it may break down before it has ever answered; then one of each other operation is tried.
  public var breakdownsAtFirst = 3
  /// How often it may hang.
  public var hangs = 10
  /// How often it may hang before it has ever answered.
  public var hangsAtFirst = 3
  /// How many times ``mostInFlight`` requests in a row may be answered by lines that are no answers.
  public var misfits = 3
  /// The longest line that is read, in bytes.
  public var lineLength = 1 << 20

  /// The usual limits.
  public init() {}
}
