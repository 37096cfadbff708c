import type * as Time from "../../../provider/cloud/time";

const actual = jest.requireActual<typeof Time>("../../../provider/cloud/time");

/** For `jest.mock`: real time in which waits are cut to a twentieth. That they are long enough is tested elsewhere. */
export const quickTime: typeof Time = {
  ...actual,
  realTime: { ...actual.realTime, sleep: (ms) => actual.realTime.sleep(ms / 20) },
};
