// SPDX-License-Identifier: GPL-3.0-or-later
/// Which requests a program has been sent and not answered, and what it wrote that answers none of them.
struct Conversation {
  /// The requests without answer, by their number in the conversation.
  private(set) var inFlight: [Int: Int] = [:]
  private(set) var lastSequence = 0
  private(set) var noise = Noise()
  /// The last number that was given before the present list of requests.
  private var firstSequence = 0
  /// A digest of the reply to each request that was answered, and which request it was.
  private var answered: [Int: (request: Int, digest: Int)] = [:]
  /// When an attempt at an answer came, by the number that it names, and what is wrong with it.
  private var attempts: [Int: (time: ContinuousClock.Instant, problem: String)] = [:]
  /// Answers and attempts at answers that name no request in flight, since the last answer: how many, and the last one.
  private var strays: (count: Int, problem: String) = (0, "")
  private var unnamed: (count: Int, time: ContinuousClock.Instant, problem: String) = (0, .now, "")

  /// What became of a line.
  enum Event {
    /// A request of the list has its reply.
    case reply(request: Int, Reply)
    /// A request of the list was answered before, otherwise.
    case contradiction(request: Int)
    /// A request of an earlier list was answered before, otherwise.
    case lateContradiction
    /// Nothing that answers.
    case noise
  }

  /// Starts on a new list of requests.
  mutating func begin() { firstSequence = lastSequence }

  /// The number for the next request.
  mutating func number(_ request: Int) -> Int {
    lastSequence += 1
    inFlight[lastSequence] = request
    return lastSequence
  }

  /// Forgets what is in flight, as the process that was asked is gone.
  mutating func removeAll() {
    inFlight.removeAll()
    attempts.removeAll()
    (strays.count, unnamed.count) = (0, 0)
  }

  mutating func overlongLine() { noise.overlong += 1 }

  mutating func take(_ message: IncomingMessage) -> Event {
    switch message {
    case .answer(let sequence, let reply): return take(reply, sequence)
    case .stray(let problem, let meant):
      noise.unknownSequence += 1
      let said = "answered with a seq that no request has: \(problem)"
      if let meant, let request = remove(meant, reply: nil) { return .reply(request: request, .broken(said)) }
      strays = (strays.count + 1, said)
    case .malformed(let problem, let meant):
      noise.malformed += 1
      if let meant, inFlight[meant] != nil {
        attempts[meant] = (.now, problem)
      } else if meant.map({ answered[$0] == nil }) ?? true {
        unnamed = (unnamed.count + 1, .now, problem)
      }
    case .notJSON: noise.notJSON += 1
    case .started, .unknownKind: noise.unknownKind += 1
    }
    return .noise
  }

  private mutating func take(_ reply: Reply, _ sequence: Int) -> Event {
    if let request = remove(sequence, reply: reply) {
      (strays.count, unnamed.count) = (0, 0)
      return .reply(request: request, reply)
    }
    guard let earlier = answered[sequence] else {
      noise.unknownSequence += 1
      strays = (strays.count + 1, "answered with a seq that no request has: \(sequence)")
      return .noise
    }
    if earlier.digest == reply.hashValue || earlier.digest == 0 {
      noise.repeated += 1
      return .noise
    }
    // Told once.
    answered[sequence]?.digest = 0
    return sequence > firstSequence ? .contradiction(request: earlier.request) : .lateContradiction
  }

  /// The request of this number, which from now on is answered; a reply of nil is one that cannot be contradicted.
  private mutating func remove(_ sequence: Int, reply: Reply?) -> Int? {
    guard let request = inFlight.removeValue(forKey: sequence) else { return nil }
    attempts[sequence] = nil
    answered[sequence] = (request, reply?.hashValue ?? 0)
    return request
  }

  /// The requests that will not be answered, as lines came that were meant to be their answers and are none.
  mutating func misfits(patience: Duration) -> [(request: Int, reply: Reply)] {
    guard !inFlight.isEmpty else { return [] }
    let limit = ContinuousClock.now - patience
    var found: [(Int, Reply)] = []
    for (sequence, attempt) in attempts where attempt.time <= limit {
      if let request = remove(sequence, reply: nil) {
        found.append((request, .broken("what it answered is no answer: \(attempt.problem)")))
      }
    }
    // It has answered as often as it was asked, so there is nothing to wait for.
    let isAnswered = strays.count >= inFlight.count
    if !inFlight.isEmpty, isAnswered || (unnamed.count + strays.count >= inFlight.count && unnamed.time <= limit) {
      let problem = isAnswered ? strays.problem : "what it answered is no answer: \(unnamed.problem)"
      for sequence in inFlight.keys.sorted() {
        if let request = remove(sequence, reply: nil) { found.append((request, .broken(problem))) }
      }
      (strays.count, unnamed.count) = (0, 0)
    }
    return found
  }
}
