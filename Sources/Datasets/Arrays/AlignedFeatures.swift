/// Features of several modalities aligned step by step, as CMU-MOSEI's are published: arrays of n samples × T steps × d features.
///
/// The archive `.npz` holds an array for every modality, usually `text`, `vision` and `audio`, and `labels`, n sentiments from −3
/// to 3 in an array of n numbers (n, or n × 1 × 1). Shorter samples are padded with steps of zeros.
public struct AlignedFeatures: Sendable {
  /// What to do with NaN and infinities: the published audio of CMU-MOSEI has −∞, logarithms of silence.
  public enum NotFinite: Sendable {
    /// An error that names the first.
    case refuse
    /// 0 in its place, as the published pipelines do; ``AlignedFeatures/replaced`` counts.
    case zero
  }

  /// The modalities' names, in the order asked for.
  public let names: [String]
  /// How many numbers of every modality were not finite and became 0.
  public let replaced: [Int]
  /// The sentiment of every sample.
  public let sentiments: [Double]
  private let arrays: [(shape: [Int], values: [Double])]

  /// Reads an archive.
  ///
  /// - Parameters:
  ///   - npz: the archive.
  ///   - modalities: the names of the arrays.
  ///   - prefix: what stands before every name, as "train_" where one archive holds several parts.
  ///   - notFinite: what to do with NaN and infinities.
  /// - Throws: ``ZipError``, ``NPZArrayError``; ``DatasetError`` where the arrays have not the same samples.
  public init(
    _ npz: NPZ, modalities: [String] = ["text", "vision", "audio"], prefix: String = "",
    notFinite: NotFinite = .refuse
  ) throws {
    let labels = try npz.array(prefix + "labels")
    sentiments = labels.doubles
    func fail(_ name: String, _ reason: ArrayFileError) -> NPZArrayError {
      NPZArrayError(name: prefix + name, reason: reason)
    }
    guard labels.shape.first == labels.count else {
      throw fail("labels", .wrongShape(expected: "n, n × 1 or n × 1 × 1", found: labels.shape))
    }
    do { try labels.requireFinite() } catch { throw fail("labels", error) }
    var (arrays, replaced): ([(shape: [Int], values: [Double])], [Int]) = ([], [])
    for name in modalities {
      let array = try npz.array(prefix + name)
      guard array.shape.count == 3 else {
        throw fail(name, .wrongShape(expected: "samples × steps × features", found: array.shape))
      }
      guard array.shape[0] == sentiments.count else {
        throw DatasetError.unequalRows(
          first: "array \"\(prefix + name)\"", rows: array.shape[0], second: "\"\(prefix)labels\"",
          otherRows: sentiments.count)
      }
      if notFinite == .refuse { do { try array.requireFinite() } catch { throw fail(name, error) } }
      let values = array.doubles
      replaced.append(values.count { !$0.isFinite })
      arrays.append((array.shape, values.map { $0.isFinite ? $0 : 0 }))
    }
    (names, self.arrays, self.replaced) = (modalities, arrays, replaced)
  }

  /// Every modality as its mean over the steps that are not padding: n × d.
  ///
  /// A step of zeros is padding; a sample of nothing else has mean 0.
  ///
  /// - Throws: ``DatasetError``.
  public func pooled() throws(DatasetError) -> [Modality] {
    var modalities: [Modality] = []
    for (name, (shape, values)) in zip(names, arrays) {
      let (steps, d) = (shape[1], shape[2])
      var means: [Double] = []
      for sample in 0..<shape[0] {
        var (sum, count) = ([Double](repeating: 0, count: d), 0.0)
        for step in 0..<steps {
          let start = (sample * steps + step) * d
          guard values[start..<(start + d)].contains(where: { $0 != 0 }) else { continue }
          count += 1
          for feature in 0..<d { sum[feature] += values[start + feature] }
        }
        means += sum.map { count > 0 ? $0 / count : 0 }
      }
      modalities.append(try Modality(name, features: (0..<d).map(String.init), values: means))
    }
    return modalities
  }

  /// The pooled modalities with two classes: sentiment below 0, or not.
  ///
  /// - Throws: ``DatasetError``, also where all samples are of one class.
  public func dataset(_ name: String) throws(DatasetError) -> Dataset {
    let labels = try ClassLabels(sentiments.map { $0 < 0 ? "negative" : "not negative" })
    return try Dataset(name, modalities: try pooled(), labels: labels)
  }
}
