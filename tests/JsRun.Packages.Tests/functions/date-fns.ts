import { addMonths, differenceInCalendarDays, eachDayOfInterval, formatISO, intervalToDuration, parseISO, format } from 'date-fns';
import { de } from 'date-fns/locale';

export default {
  fetch() {
    const start = parseISO('2024-01-31T12:00:00Z');
    const end = addMonths(start, 1);
    return Response.json({
      end: formatISO(end, { representation: 'date' }),
      days: differenceInCalendarDays(end, start),
      each: eachDayOfInterval({ start, end }).length,
      duration: intervalToDuration({ start, end }),
      german: format(end, 'EEEE, d. MMMM yyyy', { locale: de }),
    });
  },
};
