import { RecordingProblem } from '../../src/video/local/recording-problem';
import { Problem } from '../common/problem';

/** What is asked of recordings, with their word for a refusal in the API's. */
export async function asProblem<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof RecordingProblem ? problemOf(error) : error;
  }
}

function problemOf({ code, part }: RecordingProblem): Problem {
  switch (code) {
    case 'UNKNOWN':
      return unknownRecording();
    case 'LIMIT':
      return new Problem('RECORDING_LIMIT', 'too many recordings of this call, or parts of one');
    case 'CLOSED':
      return new Problem('RECORDING_CLOSED', 'the recording was finished, and stays as it is');
    case 'CONFLICT':
      return new Problem('RECORDING_CLOSED', `part ${part} came before with other bytes`);
    case 'INCOMPLETE':
      return new Problem('RECORDING_INCOMPLETE', `part ${part} did not come; send it`);
    case 'TYPE':
      return new Problem('MEDIA_TYPE_NOT_ALLOWED', 'the recording is no WebM and no MP4');
  }
}

export function unknownRecording(): Problem {
  return new Problem('NOT_FOUND', 'there is no such recording');
}
