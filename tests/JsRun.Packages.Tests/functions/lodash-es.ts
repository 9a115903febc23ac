import * as _ from 'lodash-es';

export default {
  async fetch(request: Request) {
    const people = await request.json() as { name: string; team: string; age: number }[];
    const clone = _.cloneDeep(people);
    _.set(clone, '[0].address.city', 'Paris');
    return Response.json({
      teams: _.mapValues(_.groupBy(people, 'team'), (team) => _.map(_.orderBy(team, ['age'], ['desc']), 'name')),
      mean: _.meanBy(people, 'age'),
      untouched: !_.isEqual(people, clone) && people[0]!.name === clone[0]!.name,
      chunks: _.chunk(_.range(7), 3),
      template: _.kebabCase('Some Words Here'),
    });
  },
};
